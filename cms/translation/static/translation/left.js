/* Shows what was typed at a workbench and has no place to go to, until it is let go: there, and on the page it was for. */
window.mistoLeft ??= (() => {
  "use strict";

  const left = document.getElementById("typed-left");
  if (!left || !window.mistoBrowser) return null;

  const { user, translation, copied } = left.dataset;
  const list = left.querySelector("ul");
  /* What is typed and not confirmed; a browser that keeps nothing still sends it. */
  const kept = window.mistoBrowser.shelf(`misto-desk:${user}:${translation}:`);
  const items = new Map();

  function show(key, { source = "", text }) {
    const item = items.get(key) || make(key);
    item.querySelector("[data-source]").textContent = source;
    item.querySelector("[data-text]").textContent = text;
    left.hidden = false;
  }

  function make(key) {
    const item = left.querySelector("template").content.cloneNode(true).firstElementChild;
    item.querySelector("[data-let-go]").addEventListener("click", () => letGo(key));
    const copy = item.querySelector("[data-copy]");
    copy.addEventListener("click", () => void put(item.querySelector("[data-text]")).then(() => { copy.textContent = copied; }));
    items.set(key, item);
    list.append(item);
    return item;
  }

  function letGo(key) {
    kept.drop(key);
    hide(key);
  }

  function hide(key) {
    items.get(key)?.remove();
    items.delete(key);
    left.hidden = !items.size;
  }

  /* A hub without encryption has no clipboard but that of a selection. */
  async function put(place) {
    if (navigator.clipboard) {
      await navigator.clipboard.writeText(place.textContent);
    } else {
      window.getSelection().selectAllChildren(place);
      document.execCommand("copy");
    }
  }

  /* Show whatever is kept, but what has a place here. */
  function showAll(hasPlace = () => false) {
    for (const key of kept.names()) {
      const earlier = kept.read(key) || {};
      if (hasPlace(key, earlier)) continue;
      if (earlier.text) show(key, earlier);
      else kept.drop(key);
    }
  }

  if (!document.getElementById("workbench")) showAll();
  return { kept, show, hide, showAll };
})();
