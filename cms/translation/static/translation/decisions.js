/* Keeps the comment in Wagtail's own dialog of a review in this browser until the hub says that its step is decided. */
(() => {
  "use strict";

  const place = document.querySelector("[data-review-user], template#sending");
  if (!place) return;

  const user = place.dataset.reviewUser || place.dataset.user;
  const STEP = /\/workflow\/(?:collect_action_data|action)\/(\d+)\/[-\w]+\/(\d+)\/$/;

  /* Kept as review.js keeps the desk's: it forgets what has arrived. */
  function find(field) {
    const [, page, step] = (field.form?.getAttribute("action") || "").match(STEP) || [];
    return page ? { key: `misto-review:${user}:${page}`, step } : null;
  }

  function read(key) {
    try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
  }

  function keep(field, { key, step }) {
    try {
      if (field.value) localStorage.setItem(key, JSON.stringify({ text: field.value, step }));
      else localStorage.removeItem(key);
    } catch { /* private mode, or full */ }
  }

  function bringBack(field) {
    const own = find(field);
    if (!own) return;
    const earlier = read(own.key);
    if (!field.value && earlier?.step === own.step) field.value = earlier.text;
  }

  document.addEventListener("input", ({ target }) => {
    const own = target.name === "comment" ? find(target) : null;
    if (own) keep(target, own);
  });

  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) {
      for (const node of addedNodes) {
        if (node.nodeType === Node.ELEMENT_NODE) node.querySelectorAll("textarea[name=comment]").forEach(bringBack);
      }
    }
  }).observe(document.body, { childList: true, subtree: true });
})();
