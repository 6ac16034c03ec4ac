/* Lets the forms of pages go over a bad line: drafts that save themselves, and buttons that publish and submit. */
(() => {
  "use strict";

  const { misto } = window;
  if (!misto?.sent) return;
  const { form, texts } = misto;

  let isSaving = false; // a draft is on its way by itself
  let isSending = false; // a button was pressed
  let isPlain = false; // the browser sends the form itself
  let isDecided = false; // whoever writes knows of the newer version, and goes over it

  /* Wagtail's autosave gives up after some lost requests, and for good after a lost answer: so it sees none of these. */
  form.addEventListener("w-autosave:save", ({ detail: { formData } }) => {
    isSaving = true;
    const ticket = misto.ticket();
    formData.set("sending-ticket", ticket);
    misto.sent(formData.entries(), ticket);
  });
  form.addEventListener("w-autosave:success", ({ detail: { response } }) => {
    isSaving = false;
    misto.confirm(response);
    dispatchEvent(new Event("misto:idle"));
  });
  form.addEventListener("w-autosave:error", () => {
    isSaving = false;
    misto.refused();
    dispatchEvent(new Event("misto:idle"));
  });

  window.fetch = async (url, options) => {
    const body = options?.body;
    if (body instanceof FormData && body.has("sending-ticket") && options.headers?.Accept === "application/json") {
      const ticket = body.get("sending-ticket");
      return respond(await misto.send(url, [...body.entries()], { accept: "application/json", ticket }));
    }
    if (String(url).includes("_w_hydrate_create_view")) return respond(await misto.insist(url, () => options));
    return misto.plainFetch(url, options);
  };

  function respond({ status, body, said }) {
    return new Response(body, { status, headers: { "Content-Type": said ? "application/json" : "text/html" } });
  }

  function idle() {
    return new Promise((resolve) => {
      if (isSaving) addEventListener("misto:idle", resolve, { once: true });
      else resolve();
    });
  }

  let wasActive; // Wagtail stops saving drafts by itself once somebody else has saved one

  function hold(isHeld) {
    if (isHeld && !isSending) wasActive = form.dataset.wAutosaveActiveValue ?? "true";
    isSending = isHeld;
    form.inert = isHeld; // what is typed now would not go with it
    form.dataset.wAutosaveActiveValue = isHeld ? "false" : wasActive;
    form.dataset.wUnsavedConfirmationValue = String(!isHeld);
  }

  /* Go back to writing: what Wagtail has put into the form for a button must not go with the next one. */
  function release() {
    hold(false);
    for (const field of form.querySelectorAll("[name^='workflow-action-'], [name='action-workflow-action']")) {
      if (field.type === "hidden") field.remove();
    }
    for (const pressed of form.querySelectorAll("[data-w-progress-loading-value=true]")) {
      pressed.dataset.wProgressLoadingValue = "false";
    }
  }

  async function send(button, isOver = isDecided) {
    hold(true);
    let isStopped = false;
    const stop = () => {
      isStopped = true;
      misto.say("");
      release();
      dispatchEvent(new Event("misto:stopped"));
    };
    const choices = () => [misto.button(texts.stop, stop)];
    misto.say(texts.sending, ...choices());
    await idle();
    if (isStopped) return;
    const entries = [...new FormData(form)];
    if (button?.name) entries.push([button.name, button.value]);
    const base = misto.getBase();
    if (base && !isOver) entries.push(["sending-base", `${base.id} ${base.at}`]);
    const answer = await misto.send(form.action, entries, {
      accept: "text/html", ticket: misto.ticket(), isStopped: () => isStopped, choices,
    });
    if (!answer || isStopped) return;
    if (answer.status === 409) askWhoseCounts(button, answer.said.newer_by);
    else if (answer.said?.to) arrive(answer.said);
    else sendPlainly(button);
  }

  function arrive({ success, to }) {
    if (success) misto.arrived();
    misto.leave(to);
  }

  function askWhoseCounts(button, who) {
    misto.say(
      texts.newer.replace("%(who)s", who || texts.somebody),
      misto.link(texts.look, form.action),
      misto.button(texts.over, () => send(button, true)),
      misto.button(texts.stop, () => { misto.say(""); release(); }),
    );
  }

  /* The hub answered with a page that a person has to read, such as the form with what is wrong in it. */
  function sendPlainly(button) {
    hold(false);
    isPlain = true;
    form.elements.csrfmiddlewaretoken.value = misto.token();
    form.dataset.wUnsavedConfirmationValue = "false";
    if (!button) { HTMLFormElement.prototype.submit.call(form); return; }
    button.disabled = false;
    form.requestSubmit(button);
  }

  function submitted(event) {
    if (isPlain) return;
    event.preventDefault();
    if (!isSending) void send((event.originalEvent || event).submitter || null);
  }

  /* Wagtail's dialogs send the form with jQuery, which tells nobody else. */
  if (window.jQuery) window.jQuery(form).on("submit", submitted);
  else form.addEventListener("submit", submitted);

  document.addEventListener("w-dialog:confirmed", ({ target }) => {
    if (target.id === "w-save-confirmation-dialog") isDecided = true;
  });

  /* Wagtail asks whether to go on without a line; here the form waits for one. */
  document.addEventListener("click", () => {
    const session = document.querySelector("[data-w-session-intercept-value=network]");
    if (session) session.dataset.wSessionInterceptValue = "";
  }, true);
})();
