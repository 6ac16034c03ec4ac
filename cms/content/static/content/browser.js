/* What the desk's scripts share: what a browser keeps, whose form it is, and asking again until there is an answer. */
window.mistoBrowser ??= (() => {
  "use strict";

  const LONGEST_WAIT = 30000; // milliseconds between two attempts
  const plainFetch = window.fetch.bind(window);

  class SignedOut extends Error {}

  /* The cookie's, not the page's: it is another one after signing in again. */
  function token(otherwise = "") {
    const found = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
    return found ? decodeURIComponent(found[1]) : otherwise;
  }

  /* As crypto.randomUUID, which a hub without encryption does not have. */
  function ticket() {
    const bytes = [...crypto.getRandomValues(new Uint8Array(16))];
    return bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  /* What is kept in this browser under names that begin so; `works` is false once it keeps nothing: private, or full. */
  function shelf(prefix) {
    return {
      works: true,
      read(name) {
        try { return JSON.parse(localStorage.getItem(prefix + name)); } catch { return null; }
      },
      write(name, value) {
        try {
          localStorage.setItem(prefix + name, JSON.stringify(value));
          this.works = true;
        } catch {
          this.works = false;
        }
      },
      drop(name) {
        try { localStorage.removeItem(prefix + name); } catch { /* nothing is kept */ }
      },
      names() {
        try {
          return Object.keys(localStorage).filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
        } catch {
          return [];
        }
      },
    };
  }

  /* Ask once: an answer that is not here whole within so many milliseconds is none. */
  async function attempt(url, options, patience) {
    const stop = new AbortController();
    const clock = setTimeout(() => stop.abort(), patience);
    try {
      const answer = await plainFetch(url, { ...options, signal: stop.signal });
      const body = await answer.text(); // one that is cut off is none
      const isSaid = (answer.headers.get("Content-Type") || "").startsWith("application/json");
      if (answer.status === 401 || (answer.status === 403 && !isSaid)) throw new SignedOut();
      if (answer.status === 429 || answer.status >= 500) throw new Error(String(answer.status));
      return { status: answer.status, body, said: isSaid ? JSON.parse(body) : null };
    } finally {
      clearTimeout(clock);
    }
  }

  function pause(milliseconds) {
    return new Promise((resolve) => {
      const go = () => {
        clearTimeout(clock);
        for (const event of ["online", "focus", "misto:stopped"]) window.removeEventListener(event, go);
        resolve();
      };
      const clock = setTimeout(go, milliseconds);
      for (const event of ["online", "focus", "misto:stopped"]) window.addEventListener(event, go);
    });
  }

  /* Ask until there is an answer, telling of each failure, or until whoever asks has stopped: then there is none. */
  async function insist(url, makeOptions, { patience, isStopped = () => false, tell }) {
    for (let wait = 1000; ; wait = Math.min(wait * 2, LONGEST_WAIT)) {
      try {
        const answer = await attempt(url, makeOptions(), patience);
        return isStopped() ? null : answer;
      } catch (error) {
        if (isStopped()) return null;
        tell(error);
        await pause(wait);
        if (isStopped()) return null;
      }
    }
  }

  /* What a form sends: what it says, under its ticket, as the person whose form it is. */
  function form(entries, { ticket: own, user, otherwise = "" }) {
    const body = new FormData();
    for (const [name, value] of entries) body.append(name, value);
    body.set("sending-ticket", own);
    body.set("sending-as", user);
    body.set("csrfmiddlewaretoken", token(otherwise));
    return body;
  }

  /* Say one sentence in a place, with what can be done about it; nothing when there is nothing to say. */
  function say(place, sentence, ...choices) {
    if (place.dataset.said === sentence && !choices.length) return;
    place.dataset.said = sentence;
    place.replaceChildren();
    if (!sentence) return;
    const text = document.createElement("p");
    text.textContent = sentence;
    place.append(text, ...choices);
  }

  function button(label, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "button button-small button-secondary";
    made.textContent = label;
    made.addEventListener("click", act);
    return made;
  }

  function link(label, href) {
    const made = document.createElement("a");
    made.className = "button button-small button-secondary";
    made.href = href;
    made.target = "_blank";
    made.textContent = label;
    return made;
  }

  /* The sentences that a template of the page has for its script. */
  function textsOf(template) {
    const found = {};
    for (const each of template.content.querySelectorAll("[data-say]")) found[each.dataset.say] = each.textContent;
    return found;
  }

  return { SignedOut, token, ticket, shelf, attempt, insist, form, say, button, link, textsOf, plainFetch };
})();
