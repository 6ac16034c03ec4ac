/* Sends the desk's forms until the hub has answered: what a button asks for is not lost with the line. */
(() => {
  "use strict";

  const browser = window.mistoBrowser;
  const place = document.getElementById("desk-sending");
  if (!browser || !place) return;

  const { user, signIn } = place.dataset;
  const texts = browser.textsOf(place);
  const PATIENCE = 60000; // milliseconds for an answer, where a form does not ask for more

  const bar = document.createElement("div");
  bar.className = "sending-bar";
  bar.setAttribute("role", "status");
  document.body.append(bar); // a place that is there before it says something is read aloud

  let isSending = false;

  function hold(form, isHeld) {
    isSending = isHeld;
    form.inert = isHeld;
  }

  /* Its own address: a button called “action” would hide the form's. */
  const address = (form) => form.getAttribute("action") || location.href;

  async function send(form, pressed) {
    const entries = [...new FormData(form)];
    if (pressed?.name) entries.push([pressed.name, pressed.value]);
    const ticket = browser.ticket();
    let isStopped = false;
    const stop = browser.button(texts.stop, () => {
      isStopped = true;
      browser.say(bar, "");
      hold(form, false);
      dispatchEvent(new Event("misto:stopped"));
    });
    hold(form, true);
    (form.closest(".desk") || form.parentElement).prepend(bar);
    browser.say(bar, texts.sending);
    const answer = await browser.insist(address(form), () => ({
      method: "POST", body: browser.form(entries, { ticket, user }), headers: { Accept: "text/html" },
    }), {
      patience: Number(form.dataset.deskForm) || PATIENCE,
      isStopped: () => isStopped,
      tell(error) {
        if (error instanceof browser.SignedOut) browser.say(bar, texts.signedOut, browser.link(texts.signIn, signIn), stop);
        else browser.say(bar, texts.waiting, stop);
      },
    });
    if (answer?.said?.to) location.assign(answer.said.to);
    else if (answer) show(answer.body);
  }

  /* The hub answered with a page, such as the report on a file: it takes the place of this one. */
  function show(page) {
    document.open();
    document.write(page);
    document.close();
  }

  /* Last, so that the workbench can send first what is typed. */
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented || !event.target.matches("[data-desk-form]")) return;
    event.preventDefault();
    if (!isSending) void send(event.target, event.submitter);
  });
})();
