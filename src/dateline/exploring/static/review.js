// One key each: a key presses the link or button that bears it. Without this file all of them still work by Tab and Enter.
const writes = (element) => element.matches("input:not([type=radio], [type=checkbox]), select, textarea");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (writes(event.target) && event.key !== "Escape") return;
  if (event.key === "Enter" && event.target !== document.body) return;
  // The last that bears the key: a form that is open comes after the buttons above it.
  const bearers = document.querySelectorAll(`[data-key="${CSS.escape(event.key)}"]`);
  if (!bearers.length) return;
  event.preventDefault();
  bearers[bearers.length - 1].click();
});

// The words that name the event come to sight, also in a long text: a decision needs them.
const shown = document.querySelector("article.text");
const trigger = shown && shown.querySelector("mark.trigger");
if (trigger) shown.scrollTop = trigger.offsetTop - shown.offsetTop - shown.clientHeight / 3;

const form = document.querySelector("#form");
if (form) form.querySelector("input:not([type=hidden]), select, button").focus();
if (location.hash === "#history") document.querySelector("#history").focus();

/** @returns {string} a stretch of the page as the report has it: with the characters themselves that are spelt out. */
const written = (text) => text.replace(/⟨U\+([0-9A-F]{4,6})⟩/gu, (_, code) => String.fromCodePoint(parseInt(code, 16)));

// Words that are selected in the report go into the field of words that was used last, with their place in code points.
const report = document.querySelector("article.text");
let words = document.querySelector("[data-words]");
document.addEventListener("focusin", (event) => { if (event.target.matches("[data-words]")) words = event.target; });
document.addEventListener("selectionchange", () => {
  const selection = getSelection();
  if (!words || !report || selection.isCollapsed || !report.contains(selection.anchorNode) || !report.contains(selection.focusNode)) return;
  const range = selection.getRangeAt(0);
  const before = document.createRange();
  before.selectNodeContents(report);
  before.setEnd(range.startContainer, range.startOffset);
  const chosen = written(range.toString());
  words.value = chosen.trim().replace(/\s+/gu, " ");
  const at = words.closest("form, fieldset").querySelector("[data-at]");
  const start = Number(report.dataset.start) + [...written(before.toString())].length;
  at.value = start + [...chosen].length - [...chosen.trimStart()].length;
});
