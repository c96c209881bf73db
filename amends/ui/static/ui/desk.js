// Keys, drafts and small comforts of the desk. Everything it does can also be done without it.
(() => {
  "use strict";

  const root = document.documentElement;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const one = (selector) => document.querySelector(selector);
  const isTyping = (element) =>
    element.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(element.tagName);

  // --- Saying things to a screen reader -----------------------------------------------------------
  let voice;
  function say(text) {
    if (!voice) {
      voice = document.createElement("p");
      voice.className = "vh";
      voice.setAttribute("role", "status");
      document.body.append(voice);
    }
    voice.textContent = "";
    requestAnimationFrame(() => { voice.textContent = text; });
  }

  // --- Drafts: kept on this device until sent ------------------------------------------------------
  const draftKey = (area) => `amends-draft-${area.dataset.draft}`;

  function storage(action) {
    try {
      return action(window.localStorage);
    } catch {
      say("This browser does not keep drafts. Copy long texts before you leave the page.");
      return null;
    }
  }

  // Beside the text stands what the server had sent, so that an older draft never hides a newer one.
  function keepDraft(area) {
    const draft = JSON.stringify({ text: area.value, base: area.defaultValue });
    if (area.value.trim() === "") storage((store) => store.removeItem(draftKey(area)));
    else storage((store) => store.setItem(draftKey(area), draft));
  }

  function useDraft(area, text) {
    area.value = text;
    area.dispatchEvent(new Event("input", { bubbles: true }));
    say("Your draft is back.");
  }

  function offerDraft(area, text) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "link small";
    button.textContent = "Use the other draft, kept on this device";
    button.addEventListener("click", () => { useDraft(area, text); area.focus(); button.remove(); });
    area.after(button);
  }

  function restoreDraft(area) {
    if (area.dataset.restored) return;
    area.dataset.restored = "yes";
    const kept = storage((store) => JSON.parse(store.getItem(draftKey(area))));
    if (!kept || kept.text === area.value) return;
    if (kept.base === area.defaultValue) useDraft(area, kept.text);
    else offerDraft(area, kept.text);
  }

  function forgetDrafts(form) {
    all("textarea[data-draft]", form).forEach((area) => storage((store) => store.removeItem(draftKey(area))));
  }

  // --- The live check: select a phrase, use the words offered ---------------------------------------
  // Positions are counted in characters as Python does; JavaScript counts UTF-16 units.
  const unitAt = (text, position) => [...text].slice(0, position).join("").length;

  // The text may have changed since the check: then the words themselves are looked for.
  function findPhrase(text, { start, end, words }) {
    const [from, to] = [unitAt(text, Number(start)), unitAt(text, Number(end))];
    if (words === undefined || text.slice(from, to) === words) return [from, to];
    const at = text.indexOf(words);
    return at === -1 ? null : [at, at + words.length];
  }

  function selectPhrase(chip) {
    const area = one("#reply-text");
    if (!area) return;
    const found = findPhrase(area.value, chip.dataset);
    if (found === null) { say("These words are no longer in your reply."); return; }
    const [start, end] = found;
    area.focus();
    area.setSelectionRange(start, end);
    if (chip.dataset.insert === undefined) return;
    area.setRangeText(chip.dataset.insert, start, end, "select");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // --- Keys -----------------------------------------------------------------------------------------
  function moveInQueue(step) {
    const rows = all("#queue .row").filter((row) => row.offsetParent !== null);
    if (rows.length === 0) return;
    const here = rows.indexOf(document.activeElement);
    const from = here === -1 ? rows.findIndex((row) => row.hasAttribute("aria-current")) : here;
    const next = from === -1 ? 0 : Math.min(Math.max(from + step, 0), rows.length - 1);
    rows[next].focus();
    rows[next].scrollIntoView({ block: "nearest" });
  }

  function write(kind) {
    const mode = one(`#write-${kind}`);
    if (!mode) return;
    mode.checked = true;
    one(`#${kind}-text`).focus();
  }

  function press(key) {
    const target = one(`[data-key="${key}"]`);
    if (!target) return false;
    if (isTyping(target)) target.focus();
    else target.click();
    return true;
  }

  function togglePanes() {
    const hide = root.dataset.panes !== "hidden";
    if (hide) root.dataset.panes = "hidden";
    else delete root.dataset.panes;
    document.cookie = `panes=${hide ? "hidden" : ""}; path=/; max-age=31536000; samesite=lax`;
    say(hide ? "Side panes hidden." : "Side panes shown.");
  }

  const acts = {
    j: () => moveInQueue(1),
    k: () => moveInQueue(-1),
    r: () => write("reply"),
    n: () => write("note"),
    "[": togglePanes,
    "?": () => one("#keys")?.togglePopover(),
  };

  function send(event) {
    const form = event.target.closest("form");
    if (!form || event.target.tagName !== "TEXTAREA") return;
    event.preventDefault();
    form.requestSubmit();
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { send(event); return; }
    if (event.key === "Escape") closeMenus(null);
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (isTyping(event.target) || root.dataset.letterKeys === "off") return;
    if (event.key in acts) {
      event.preventDefault();
      acts[event.key]();
    } else if ("aose/".includes(event.key) && press(event.key)) {
      event.preventDefault();
    }
  });

  // --- Menus close when one looks elsewhere -----------------------------------------------------------
  function closeMenus(except) {
    all("details.menu[open]").forEach((menu) => {
      if (menu === except) return;
      if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
      menu.open = false;
    });
  }

  document.addEventListener("click", (event) => {
    closeMenus(event.target.closest("details.menu"));
    if (event.target.closest("[data-print]")) { closeMenus(null); window.print(); }
    const inserts = event.target.closest("button[data-forgets-draft]");
    if (inserts) forgetDrafts(inserts.form);
    const chip = event.target.closest("button[data-start]");
    if (chip) selectPhrase(chip);
  });

  // --- Dragging cards to another column: the same as the card's Move buttons ----------------------------
  document.addEventListener("dragstart", (event) => {
    const card = event.target.closest?.("[data-card]");
    if (!card) return;
    event.dataTransfer.setData("text/plain", card.dataset.card);
    event.dataTransfer.effectAllowed = "move";
    card.classList.add("dragging");
  });

  document.addEventListener("dragover", (event) => {
    const column = event.target.closest?.("[data-column]");
    if (!column || !one(".dragging")) return;
    event.preventDefault();
    all(".drop-here").forEach((other) => other.classList.toggle("drop-here", other === column));
    column.classList.add("drop-here");
  });

  document.addEventListener("dragend", () => {
    all(".dragging, .drop-here").forEach((element) => element.classList.remove("dragging", "drop-here"));
  });

  document.addEventListener("drop", (event) => {
    const column = event.target.closest?.("[data-column]");
    const card = one(".dragging");
    if (!column || !card) return;
    event.preventDefault();
    card.querySelector(`button[name="to"][value="${column.dataset.column}"]`)?.click();
  });

  // --- Live: what is new comes in by itself, what is being written stays ---------------------------------
  const atEnd = (pane) => pane.scrollHeight - pane.scrollTop - pane.clientHeight < 80;
  let before = { count: 0, end: false, open: [] };

  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, target } = event.detail;
    if (new URL(xhr.responseURL).pathname.startsWith("/sign-in/")) {
      event.detail.shouldSwap = false;
      say("You are signed out. What you are writing is kept on this device; sign in again to go on.");
    } else if (target.id === "thread") {
      before = {
        count: all(".from-customer", target).length,
        end: atEnd(one("#talk")),
        open: all("article:has(details[open])", target).map((article) => article.id),
      };
    }
  });

  // Whoever is writing must be told by the server that the customer wrote meanwhile.
  document.addEventListener("htmx:oobBeforeSwap", (event) => {
    if (event.detail.target.id === "seen" && one("#reply-text")?.value.trim()) event.detail.shouldSwap = false;
  });

  document.addEventListener("htmx:afterSwap", (event) => {
    const thread = event.detail.target;
    if (thread.id !== "thread") return;
    before.open.forEach((id) => all(`#${id} details`, thread).forEach((details) => { details.open = true; }));
    if (before.end) one("#talk").scrollTop = one("#talk").scrollHeight;
    if (all(".from-customer", thread).length === before.count) return;
    say("A new message has come in.");
    one("#new-below").hidden = before.end;
  });

  // The end stays in sight when the place to write grows.
  function keepEnd(pane) {
    let end = atEnd(pane);
    pane.addEventListener("scroll", () => {
      end = atEnd(pane);
      if (end) one("#new-below").hidden = true;
    });
    new ResizeObserver(() => { if (end) pane.scrollTop = pane.scrollHeight; }).observe(pane);
    one("#new-below").addEventListener("click", () => { pane.scrollTop = pane.scrollHeight; });
  }

  // --- Starting, and starting again for what htmx puts in ----------------------------------------------
  function enhance(part) {
    all("textarea[data-draft]", part).forEach(restoreDraft);
    all("[data-card]", part).forEach((card) => { card.draggable = true; });
    all("[data-print]", part).forEach((button) => { button.hidden = false; });
  }

  document.addEventListener("input", (event) => {
    if (event.target.matches("textarea[data-draft]")) keepDraft(event.target);
  });
  document.addEventListener("submit", (event) => {
    if (!event.submitter?.hasAttribute("data-keeps-draft")) forgetDrafts(event.target);
  });
  document.addEventListener("htmx:load", (event) => enhance(event.target));

  // The newest words of a person stand at the top of the pane, or all the end where it fits.
  const talk = one("#talk");
  const newest = all("#thread > :not(.from-machine)").at(-1);
  if (talk && newest && !window.location.hash) talk.scrollTop = newest.offsetTop - talk.offsetTop - 24;
  if (one("#new-below")) keepEnd(talk);
  enhance(document);
  one("#errors")?.focus();
})();
