/* Sends a form until the hub has answered, and says so while it has not. */
window.misto = (() => {
  "use strict";

  const place = document.getElementById("sending");
  const form = document.querySelector("form#page-edit-form[data-edit-form]");
  if (!place || !form) return null;

  const { user, signIn } = place.dataset;
  const texts = {};
  for (const each of place.content.querySelectorAll("[data-say]")) texts[each.dataset.say] = each.textContent;

  const PATIENCE = 60000; // milliseconds for an answer: a long article on a slow line
  const LONGEST_WAIT = 30000; // milliseconds between two attempts
  const plainFetch = window.fetch.bind(window);

  const bar = document.createElement("div");
  bar.className = "sending-bar";
  bar.setAttribute("role", "status");
  form.before(bar);

  class SignedOut extends Error {}

  /* Say one sentence, with what can be done about it; nothing when there is nothing to say. */
  function say(sentence, ...choices) {
    if (bar.dataset.said === sentence && !choices.length) return;
    bar.dataset.said = sentence;
    bar.replaceChildren();
    if (!sentence) return;
    const text = document.createElement("p");
    text.textContent = sentence;
    bar.append(text, ...choices);
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

  /* The cookie's, not the page's: it is another one after signing in again. */
  function token() {
    const found = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
    return found ? decodeURIComponent(found[1]) : form.elements.csrfmiddlewaretoken.value;
  }

  /* As crypto.randomUUID, which a hub without encryption does not have. */
  function ticket() {
    const bytes = [...crypto.getRandomValues(new Uint8Array(16))];
    return bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  async function attempt(url, options) {
    const stop = new AbortController();
    const clock = setTimeout(() => stop.abort(), PATIENCE);
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

  /* Ask until there is an answer, or until whoever asks has stopped: then there is none. */
  async function insist(url, makeOptions, { isStopped = () => false, choices = () => [] } = {}) {
    for (let wait = 1000; ; wait = Math.min(wait * 2, LONGEST_WAIT)) {
      try {
        const answer = await attempt(url, makeOptions());
        if (!isStopped()) say("");
        return answer;
      } catch (error) {
        if (isStopped()) return null;
        if (error instanceof SignedOut) say(texts.signedOut, link(texts.signIn, signIn), ...choices());
        else say(texts.waiting, ...choices());
        await pause(wait);
        if (isStopped()) return null;
      }
    }
  }

  /* Send a form: what it says, under its ticket, as the person who wrote it. */
  function send(url, entries, { accept, ticket: own, ...rest }) {
    return insist(url, () => {
      const body = new FormData();
      for (const [name, value] of entries) body.append(name, value);
      body.set("sending-ticket", own);
      body.set("sending-as", user);
      body.set("csrfmiddlewaretoken", token());
      return { method: "POST", body, headers: { Accept: accept } };
    }, rest);
  }

  return { form, user, texts, say, button, link, token, ticket, insist, send, plainFetch };
})();
