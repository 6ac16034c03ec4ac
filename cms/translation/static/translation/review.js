/* Keeps the comment of a review in this browser until the hub says that its step is decided. */
(() => {
  "use strict";

  const place = document.querySelector("[data-review-user]");
  if (!place) return;

  const { reviewUser, reviewPage, reviewStep, reviewTaken } = place.dataset;
  const prefix = `misto-review:${reviewUser}:`;
  const own = prefix + reviewPage;
  const taken = reviewTaken.split(" ");
  const field = document.getElementById("review-comment");

  function read(key) {
    try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
  }

  function keep() {
    try {
      if (field.value) localStorage.setItem(own, JSON.stringify({ text: field.value, step: reviewStep }));
      else localStorage.removeItem(own);
    } catch { /* private mode, or full */ }
  }

  function dropTaken() {
    try {
      for (const key of Object.keys(localStorage)) {
        if (key.startsWith(prefix) && taken.includes(read(key)?.step)) localStorage.removeItem(key);
      }
    } catch { /* private mode */ }
  }

  dropTaken();
  if (!field) return;
  const earlier = read(own);
  if (field.value) { // typed before this script was there
    keep();
  } else if (earlier) {
    field.value = earlier.text;
    document.getElementById("review-kept").hidden = false;
  }
  field.addEventListener("input", keep);
})();
