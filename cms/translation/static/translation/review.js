/* Keeps the comment of a review in this browser until the hub says that its step is decided, and says so. */
(() => {
  "use strict";

  const place = document.querySelector("[data-review-user]");
  if (!place || !window.mistoBrowser) return;

  const { reviewUser, reviewPage, reviewStep, reviewTaken = "", reviewKept, reviewUnkept } = place.dataset;
  const shelf = window.mistoBrowser.shelf(`misto-review:${reviewUser}:`);
  const taken = reviewTaken.split(" ");
  const DIALOG = /\/workflow\/(?:collect_action_data|action)\/(\d+)\/[-\w]+\/(\d+)\/$/;

  /* Keep what stands in a field from now on, beginning with what is there; `status` says what became of it. */
  function keep(field, status, page, step) {
    const now = () => {
      if (field.value) shelf.write(page, { text: field.value, step });
      else shelf.drop(page);
      const sentence = shelf.works ? reviewKept : reviewUnkept;
      status.textContent = field.value ? sentence : "";
    };
    field.addEventListener("input", now);
    if (field.value) now();
  }

  function dropTaken() {
    for (const page of shelf.names()) if (taken.includes(shelf.read(page)?.step)) shelf.drop(page);
  }

  /* The desk's own field; what was typed before this script was there counts more than what was kept. */
  function watch(field) {
    field.value ||= shelf.read(reviewPage)?.text || "";
    keep(field, document.getElementById("review-kept"), reviewPage, reviewStep);
  }

  /* The field of Wagtail's dialog, which comes when a button is pressed. */
  function watchDialog(field) {
    const [, page, step] = (field.form?.getAttribute("action") || "").match(DIALOG) || [];
    if (!page) return;
    const earlier = shelf.read(page);
    if (earlier?.step === step) field.value ||= earlier.text;
    const status = document.createElement("p");
    status.className = "desk-note";
    status.setAttribute("role", "status");
    field.after(status);
    keep(field, status, page, step);
  }

  dropTaken();
  const field = document.getElementById("review-comment");
  if (field) watch(field);
  new MutationObserver((changes) => {
    for (const node of changes.flatMap(({ addedNodes }) => [...addedNodes])) {
      if (node.nodeType === Node.ELEMENT_NODE) node.querySelectorAll("textarea[name=comment]").forEach(watchDialog);
    }
  }).observe(document.body, { childList: true, subtree: true });
})();
