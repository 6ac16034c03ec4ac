/* Keeps what is written into a form in this browser until the hub has it, and brings it back. */
(() => {
  "use strict";

  const { misto } = window;
  if (!misto) return;
  const { form, user, texts } = misto;

  const shelf = window.mistoBrowser.shelf(`misto-page:${user}:`);
  const LONGEST = 30 * 24 * 3600 * 1000; // milliseconds that a text waits for its writer
  const OWN = /^(csrfmiddlewaretoken|next|loaded_(revision_id|revision_created_at|step)|overwrite_revision_id|sending-.*)$/;
  const session = misto.ticket();

  /* What of the form was written: no tokens, no files. */
  const content = (entries) => [...entries].filter(([name, value]) => !OWN.test(name) && typeof value === "string");
  const read = () => content(new FormData(form));
  const path = () => new URL(form.action, location.href).pathname;

  let key = null;
  let confirmed = null; // what the hub has, as text; null as long as that is not known
  let seen = null;
  let base = null; // the draft that this form goes on from
  let pending = null; // what is on its way
  let isWatching = false;
  let hasArrived = false; // the hub has everything, and the next page is on its way

  function drop(name = key) {
    if (name) shelf.drop(name);
  }

  function records() {
    const found = shelf.names().map((name) => [name, shelf.read(name)]).filter(([, record]) => record);
    for (const [name, record] of found) if (Date.now() - record.at > LONGEST) drop(name);
    return found.filter(([, { at }]) => Date.now() - at <= LONGEST).sort((one, other) => other[1].at - one[1].at);
  }

  function keep() {
    if (!isWatching || hasArrived) return;
    const entries = read();
    const now = JSON.stringify(entries);
    if (now === seen) return;
    seen = now;
    if (now === confirmed && !pending) drop();
    else store(entries);
  }

  /* Under the form's own address, which changes when a new page is made. */
  function store(entries) {
    const own = `${path()}:${session}`;
    if (key && key !== own) drop();
    key = own;
    shelf.write(key, { entries, action: path(), base, pending, at: Date.now() });
  }

  function sent(entries, ticket) {
    pending = { entries: [...entries].filter(([, value]) => typeof value === "string"), ticket, action: path() };
    if (isWatching) store(read());
  }

  /* The hub has what was on its way; what has been typed since is still to go. */
  function confirm(answer) {
    if (answer.revision_id) base = { id: String(answer.revision_id), at: answer.revision_created_at };
    if (pending) confirmed = JSON.stringify(renamed(content(pending.entries), answer.field_updates));
    pending = null;
    seen = null;
    keep();
    /* Wagtail takes for saved what is typed while a draft is on its way; by now it has counted, and counts again. */
    if (seen !== confirmed) setTimeout(() => { form.dataset.wUnsavedForceValue = "true"; });
  }

  /* What still stirs in a form while its page goes away, such as an editor that writes late, is not a text to keep. */
  function arrived() {
    hasArrived = true;
    drop();
  }

  function refused() {
    pending = null;
    seen = null;
    keep();
  }

  const renamed = (entries, updates = {}) => entries.map(([name, value]) => [name, name in updates ? updates[name] : value]);

  function watch() {
    if (isWatching) return;
    isWatching = true;
    const id = form.elements.namedItem("loaded_revision_id");
    const at = form.elements.namedItem("loaded_revision_created_at");
    if (id && at) base = { id: id.value, at: at.value };
    const now = JSON.stringify(read());
    const isSentBack = form.dataset.wUnsavedForceValue === "true"; // the hub shows what it could not take
    if (!isSentBack && !isTouched) confirmed = seen = now;
    if (isTouched) form.dataset.wUnsavedForceValue = "true"; // Wagtail takes for saved what is typed in its first seconds
    keep();
    void offer(now, isSentBack);
    setInterval(keep, 700);
  }

  /* Another tab that is open keeps its own. */
  async function isOpenElsewhere(name) {
    if (!navigator.locks) return false;
    const { held } = await navigator.locks.query();
    return held.some((lock) => name.endsWith(`:${lock.name}`));
  }

  async function offer(now, isSentBack) {
    for (const [name, record] of records()) {
      if (record.action !== path() || name === key || await isOpenElsewhere(name)) continue;
      if (isSentBack || (!record.pending && JSON.stringify(record.entries) === now)) drop(name);
      else show(name, record);
    }
  }

  function show(name, record) {
    const place = document.createElement("div");
    place.className = "sending-found";
    place.setAttribute("role", "region");
    const text = document.createElement("p");
    text.id = `found-${name.slice(-8)}`;
    place.setAttribute("aria-labelledby", text.id);
    const when = new Date(record.at).toLocaleString(document.documentElement.lang || undefined);
    text.textContent = texts.found.replace("%(when)s", when);
    place.append(
      text,
      misto.button(texts.bringBack, () => { place.inert = true; void bringBack(name, record); }),
      misto.button(texts.throwAway, () => { drop(name); place.remove(); }),
    );
    form.before(place);
  }

  const JSON_ONLY = "application/json";

  async function bringBack(name, record, isOver = false) {
    let { entries, action, base: from } = record;
    misto.say(texts.sending);
    if (!misto.hasDrafts) return showInForm(action, [...entries, ["sending-back", "yes"]]); // a person presses the button
    if (record.pending) { // the hub may have it: then this is its answer once more
      const first = await misto.send(record.pending.action, record.pending.entries, { accept: JSON_ONLY, ticket: record.pending.ticket });
      if (first.said?.success && first.said.revision_id) {
        entries = renamed(entries, first.said.field_updates);
        action = first.said.url || action;
        from = { id: String(first.said.revision_id), at: first.said.revision_created_at };
        record = { ...record, entries, action, base: from, pending: null };
        shelf.write(name, record);
      }
    }
    const known = from && !isOver ? [["loaded_revision_id", from.id], ["loaded_revision_created_at", from.at]] : [];
    const answer = await misto.send(action, [...entries, ...known], { accept: JSON_ONLY, ticket: misto.ticket() });
    if (answer.said?.success) {
      drop(name);
      leave(answer.said.url || action);
    } else if (answer.said?.error_code === "invalid_revision") {
      misto.say(
        texts.newer.replace("%(who)s", texts.somebody),
        misto.link(texts.look, action),
        misto.button(texts.over, () => void bringBack(name, record, true)),
      );
    } else {
      showInForm(action, entries);
    }
  }

  function leave(to) {
    form.dataset.wUnsavedConfirmationValue = "false";
    location.assign(to);
  }

  /* What is not stored, or cannot be as it is, comes back in its form, with what is wrong beside it. */
  function showInForm(action, entries) {
    const made = document.createElement("form");
    made.method = "post";
    made.action = action;
    for (const [name, value] of [...entries, ["csrfmiddlewaretoken", misto.token()]]) {
      const field = document.createElement("textarea");
      field.name = name;
      field.value = value;
      made.append(field);
    }
    made.hidden = true;
    document.body.append(made);
    form.dataset.wUnsavedConfirmationValue = "false";
    made.submit();
  }

  let isTouched = false;
  const WRITES = /^(.|Backspace|Delete|Enter)$/u;
  for (const event of ["keydown", "paste", "drop", "cut", "change", "input"]) {
    form.addEventListener(event, ({ isTrusted, key: typed, target, ctrlKey, metaKey, altKey }) => {
      const isText = target.isContentEditable || target.matches("input, textarea, select");
      if (event === "keydown" && (!WRITES.test(typed) || ctrlKey || metaKey || altKey)) return;
      if (isTrusted && isText && !isWatching) isTouched = true;
    }, true);
  }
  form.addEventListener("w-unsaved:watch-edits", watch);
  /* A form that was sent back is never said to be watched, and nothing of it has to be waited for. */
  if (form.dataset.wUnsavedForceValue === "true") window.addEventListener("load", watch);
  setTimeout(watch, 4000);
  form.addEventListener("input", () => setTimeout(keep, 300));
  window.addEventListener("pagehide", keep);
  document.addEventListener("visibilitychange", keep);
  navigator.locks?.request(session, () => new Promise(() => {}));

  Object.assign(misto, { sent, confirm, refused, arrived, leave, getBase: () => base });
})();
