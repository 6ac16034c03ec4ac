/* Keeps every typed string in this browser until the hub has confirmed it, and sends it again by itself. */
(() => {
  "use strict";

  const bench = document.getElementById("workbench");
  if (!bench || !window.mistoLeft) return;
  const { SignedOut, attempt, token } = window.mistoBrowser;
  const { kept, show, hide, showAll } = window.mistoLeft;

  const texts = JSON.parse(document.getElementById("workbench-texts").textContent);
  const line = document.getElementById("workbench-line");
  const user = bench.dataset.user;
  const PAUSE = 1200; // milliseconds without a key after which a text is sent
  const PATIENCE = 20000; // milliseconds for an answer
  const LONGEST_WAIT = 30000; // milliseconds between two attempts

  const rows = new Map();
  let wait = 1000;
  let timer = null;
  let sending = null;

  /* What is said of a text that has not arrived: never that it is kept where it is not. */
  const waitingText = () => (kept.works ? texts.waiting : texts.unkept);
  const signInText = () => (kept.works ? texts.signIn : texts.signInUnkept);

  class Row {
    constructor(element) {
      this.element = element;
      this.key = element.id;
      this.source = element.querySelector(".desk-text").textContent;
      this.field = element.querySelector("textarea");
      this.status = element.querySelector(".desk-status");
      this.conflict = element.querySelector(".desk-conflict");
      this.version = element.dataset.version;
      this.confirmed = this.field.value;
      this.from = ""; // the machine's text of elsewhere that was taken, until the hub knows
      this.isHeld = false; // refused or in conflict: a person decides, not the clock
      const earlier = kept.read(this.key);
      if (earlier && earlier.text !== this.confirmed) {
        this.field.value = earlier.text;
        this.version = earlier.version;
        this.from = earlier.from || "";
        this.say("waiting", waitingText());
      } else {
        kept.drop(this.key);
      }
      this.findings = element.querySelector("[data-findings]");
      this.mark = element.querySelector("[data-unconfirmed]");
      this.isAccepting = false;
      this.field.addEventListener("input", () => this.changed());
      this.field.addEventListener("blur", () => hurry());
      this.field.addEventListener("keydown", (event) => this.pressed(event));
      this.grow();
    }

    get isWaiting() {
      return !this.isHeld && (this.isAccepting || this.field.value !== this.confirmed);
    }

    get isOpen() {
      return !this.field.value || !this.mark.hidden;
    }

    say(state, sentence) {
      this.element.dataset.state = state;
      this.status.textContent = sentence;
    }

    grow() {
      this.field.style.height = "auto";
      this.field.style.height = `${this.field.scrollHeight + 2}px`;
    }

    keep() {
      kept.write(this.key, { text: this.field.value, version: this.version, source: this.source, from: this.from });
    }

    changed() {
      this.isHeld = false;
      this.grow();
      this.keep();
      this.say("typing", "");
      later(PAUSE);
    }

    pressed(event) {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      this.isAccepting = !this.mark.hidden && !this.field.readOnly;
      hurry();
      const open = [...rows.values()].filter((row) => row !== this && row.isOpen);
      const next = open.find((row) => this.element.compareDocumentPosition(row.element) & Node.DOCUMENT_POSITION_FOLLOWING);
      (next || open[0] || this).field.focus();
    }

    use({ use, from = "" }) {
      this.field.value = use;
      this.from = from;
      this.field.focus();
      this.changed();
    }

    accept() {
      this.isAccepting = true;
      hurry();
    }

    async send() {
      const { field: { value: text }, from } = this;
      this.say("saving", texts.saving);
      const { status, said } = await post(this.element.dataset.url, { text, base: this.version, as: user, from });
      if (status >= 400) this.keep(); // another tab may have let go of it
      if (status === 422 || status === 403) {
        this.isHeld = true;
        this.say("refused", said.error);
      } else if (status === 410) {
        this.isHeld = true;
        this.isAccepting = false;
        this.say("refused", `${said.error} ${texts.gone}`);
        if (text) show(this.key, { source: this.source, text });
      } else if (status === 409) {
        this.collide(said);
      } else {
        if (this.from === from) this.from = "";
        this.confirm(text, said);
      }
    }

    confirm(text, said) {
      hide(this.key);
      this.version = said.version;
      this.confirmed = text;
      this.isAccepting = false;
      this.mark.hidden = !said.unconfirmed;
      this.findings.replaceChildren(...said.findings.map((sentence) => {
        const item = document.createElement("li");
        item.textContent = sentence;
        return item;
      }));
      this.element.classList.toggle("desk-row--open", !said.done);
      document.getElementById("workbench-progress").textContent = said.progress;
      if (this.field.value === text) {
        if (kept.read(this.key)?.text === text) kept.drop(this.key); // else it is what another tab has
        this.say("saved", said.by ? `${texts.saved} · ${said.by}` : texts.saved);
      } else {
        this.keep();
      }
    }

    collide(said) {
      this.isHeld = true;
      this.say("conflict", texts.conflict.replace("%(who)s", said.by || texts.somebody));
      this.conflict.hidden = false;
      this.conflict.querySelector("[data-theirs]").textContent = said.text;
      this.conflict.onclick = (event) => {
        const choice = event.target.dataset.keep;
        if (!choice) return;
        this.conflict.hidden = true;
        this.version = said.version;
        this.isHeld = false;
        if (choice === "theirs") {
          this.field.value = said.text;
          this.from = "";
          this.grow();
          this.confirm(said.text, said);
        } else {
          this.keep();
          hurry();
        }
        this.field.focus();
      };
    }
  }

  /* Send a text and return what the desk says of it, in JSON; whatever else comes is no answer. */
  async function post(url, data) {
    const answer = await attempt(url, {
      method: "POST",
      body: new URLSearchParams(data),
      headers: { "X-CSRFToken": token(), "X-Requested-With": "XMLHttpRequest", Accept: "application/json" },
      redirect: "manual",
    }, PATIENCE);
    if (answer.status === 0) throw new SignedOut(); // it would lead elsewhere
    if (!answer.said || ![200, 403, 409, 410, 422].includes(answer.status)) throw new Error(String(answer.status));
    return answer;
  }

  function later(milliseconds) {
    clearTimeout(timer);
    timer = setTimeout(sendAll, milliseconds);
  }

  function hurry() {
    if ([...rows.values()].some((row) => row.isWaiting)) later(0);
  }

  /* Whoever asks while texts are on their way waits for these. */
  function sendAll() {
    sending ??= sendWaiting().finally(() => { sending = null; });
    return sending;
  }

  async function sendWaiting() {
    let trouble = null;
    for (const row of rows.values()) {
      if (!row.isWaiting) continue;
      try {
        await row.send();
        wait = 1000;
      } catch (error) {
        trouble = error;
        row.say("waiting", error instanceof SignedOut ? signInText() : waitingText());
        break;
      }
    }
    tell(trouble);
    if (trouble) {
      later(wait);
      wait = Math.min(wait * 2, LONGEST_WAIT);
    } else {
      hurry();
    }
  }

  /* One line for the whole page, because the row may be far away. */
  function tell(trouble) {
    line.textContent = "";
    if (!trouble) return;
    if (trouble instanceof SignedOut) {
      const link = document.createElement("a");
      link.href = texts.signInUrl;
      link.target = "_blank";
      link.textContent = signInText();
      line.append(link);
    } else {
      line.textContent = waitingText();
    }
  }

  /* What was typed for a text that is no longer here goes into the place of the same text, if that is empty. */
  function hasPlace(key, { source, text }) {
    if (rows.has(key)) return true;
    const home = text && [...rows.values()].find((row) => row.source === source && !row.field.value);
    if (!home) return false;
    home.field.value = text;
    home.changed();
    kept.drop(key);
    return true;
  }

  for (const element of bench.querySelectorAll(".desk-row")) rows.set(element.id, new Row(element));
  bench.querySelector(".desk-rows").inert = false;
  showAll(hasPlace);
  tell(null);

  bench.addEventListener("click", (event) => {
    const use = event.target.closest("[data-use]");
    if (use) rows.get(use.closest(".desk-row").id).use(use.dataset);
    const accept = event.target.closest("[data-accept]");
    if (accept) rows.get(accept.closest(".desk-row").id).accept();
  });

  /* Whoever has selected words of the text looks for these; a click would take the selection away first. */
  const look = (event) => {
    const link = event.target.closest("[data-concordance]");
    if (!link) return;
    const { field, element } = rows.get(link.closest(".desk-row").id);
    const selection = window.getSelection();
    const typed = field.value.slice(field.selectionStart, field.selectionEnd);
    const read = element.contains(selection.anchorNode) ? selection.toString() : "";
    const words = (typed || read).trim().slice(0, 300);
    const url = new URL(link.href);
    if (words) url.searchParams.set("q", words);
    link.href = url;
  };
  bench.addEventListener("pointerdown", look, true);
  bench.addEventListener("focusin", look);

  /* What helps with a string comes when it is asked for: most of it is never looked at. */
  bench.addEventListener("toggle", async (event) => {
    const { help } = event.target.dataset;
    if (!help || !event.target.open) return;
    const here = event.target.querySelector("[data-help-here]");
    try {
      const answer = await fetch(help, { headers: { "X-Requested-With": "XMLHttpRequest" } });
      const refused = { 403: texts.notYours, 404: texts.notThere }[answer.status];
      if (!answer.ok && !refused) throw new Error(String(answer.status));
      if (refused) here.textContent = refused;
      else here.innerHTML = await answer.text();
    } catch {
      here.textContent = texts.noHelp;
    }
  }, true);

  window.addEventListener("online", () => { wait = 1000; hurry(); });
  window.addEventListener("focus", () => { wait = 1000; hurry(); });

  /* What is typed goes first: publishing what the hub has not yet seen would surprise. */
  bench.addEventListener("submit", async (event) => {
    const waiting = () => [...rows.values()].some((row) => row.isWaiting);
    if (!waiting()) return;
    event.preventDefault();
    const { target, submitter } = event;
    clearTimeout(timer);
    await sendAll();
    if (waiting()) await sendAll(); // typed or left while the others were on their way
    if (!waiting()) target.requestSubmit(submitter);
  });

  hurry();
})();
