/* Keeps the comment of a review in this browser until the hub says that its step is decided. */
(() => {
  "use strict";

  const place = document.querySelector("[data-review-user]");
  if (!place) return;

  const { reviewUser, reviewPage, reviewStep, reviewTaken = "" } = place.dataset;
  const prefix = `misto-review:${reviewUser}:`;
  const taken = reviewTaken.split(" ");
  const DIALOG = /\/workflow\/(?:collect_action_data|action)\/(\d+)\/[-\w]+\/(\d+)\/$/;

  function read(key) {
    try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
  }

  function keep(field, key, step) {
    try {
      if (field.value) localStorage.setItem(key, JSON.stringify({ text: field.value, step }));
      else localStorage.removeItem(key);
    } catch { /* private mode, or full */ }
  }

  function dropTaken() {
    try {
      for (const key of Object.keys(localStorage)) {
        if (key.startsWith(prefix) && taken.includes(read(key)?.step)) localStorage.removeItem(key);
      }
    } catch { /* private mode */ }
  }

  /* The desk's own field. */
  function watch(field) {
    const own = prefix + reviewPage;
    const earlier = read(own);
    if (field.value) { // typed before this script was there
      keep(field, own, reviewStep);
    } else if (earlier) {
      field.value = earlier.text;
      document.getElementById("review-kept").hidden = false;
    }
    field.addEventListener("input", () => keep(field, own, reviewStep));
  }

  /* The field of Wagtail's dialog, which comes when a button is pressed. */
  function watchDialog(field) {
    const [, page, step] = (field.form?.getAttribute("action") || "").match(DIALOG) || [];
    if (!page) return;
    const earlier = read(prefix + page);
    if (!field.value && earlier?.step === step) field.value = earlier.text;
    field.addEventListener("input", () => keep(field, prefix + page, step));
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
