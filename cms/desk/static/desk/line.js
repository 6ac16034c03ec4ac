/* Sends a form until the hub has answered, and says so while it has not. */
window.misto = (() => {
  "use strict";

  const browser = window.mistoBrowser;
  const place = document.getElementById("sending");
  const form = document.querySelector("form[data-edit-form]");
  if (!browser || !place || !form) return null;

  const { user, signIn } = place.dataset;
  const hasDrafts = Boolean(place.dataset.drafts); // what is sent there changes nothing that others read
  const texts = browser.textsOf(place);
  const PATIENCE = 60000; // milliseconds for an answer: a long article on a slow line

  const bar = document.createElement("div");
  bar.className = "sending-bar";
  bar.setAttribute("role", "status");
  form.before(bar);

  const say = (...what) => browser.say(bar, ...what);
  const token = () => browser.token(form.elements.csrfmiddlewaretoken.value);

  /* Ask until there is an answer, or until whoever asks has stopped: then there is none. */
  async function insist(url, makeOptions, { isStopped = () => false, choices = () => [] } = {}) {
    const tell = (error) => {
      if (error instanceof browser.SignedOut) say(texts.signedOut, browser.link(texts.signIn, signIn), ...choices());
      else say(texts.waiting, ...choices());
    };
    const answer = await browser.insist(url, makeOptions, { patience: PATIENCE, isStopped, tell });
    if (answer) say("");
    return answer;
  }

  /* Send a form: what it says, under its ticket, as the person who wrote it. */
  function send(url, entries, { accept, ticket, ...rest }) {
    return insist(url, () => {
      const body = browser.form(entries, { ticket, user, otherwise: form.elements.csrfmiddlewaretoken.value });
      return { method: "POST", body, headers: { Accept: accept } };
    }, rest);
  }

  const { button, link, ticket, plainFetch } = browser;
  return { form, user, hasDrafts, texts, say, button, link, token, ticket, insist, send, plainFetch };
})();
