// The days of the time line are chosen by dragging over it, or by two handles, which keys move too; the form is sent.

const DAY = 86_400_000;

/**
 * Let a figure of class `timeline` be brushed over.
 * @param {HTMLElement} figure holds the drawing; `data-edges` are the first days of its bins, `data-last` its last day.
 */
export function makeBrush(figure) {
  const drawing = figure.querySelector("svg");
  const brush = drawing.querySelector(".brush");
  let from = null;

  drawing.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    from = shareOf(drawing, event);
    drawing.setPointerCapture(event.pointerId);
  });
  drawing.addEventListener("pointermove", (event) => {
    if (from !== null) show(brush, from, shareOf(drawing, event));
  });
  drawing.addEventListener("pointerup", (event) => {
    const to = shareOf(drawing, event);
    if (from !== null && Math.abs(to - from) > 0.004) sendShare(figure, Math.min(from, to), Math.max(from, to));
    from = null;
  });
  drawing.addEventListener("pointercancel", () => {
    from = null;
    brush.setAttribute("hidden", "");
  });
  addHandles(figure, brush);
}

/** @returns {number} where the pointer is, 0 (left end) to 1. */
function shareOf(drawing, event) {
  const box = drawing.getBoundingClientRect();
  return Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
}

function show(brush, from, to) {
  brush.removeAttribute("hidden");
  brush.setAttribute("x", String(1000 * Math.min(from, to)));
  brush.setAttribute("width", String(1000 * Math.abs(to - from)));
}

/** Two handles, from bin to bin, and a button: what dragging does, by keys or by touch. */
function addHandles(figure, brush) {
  const firsts = figure.dataset.edges.trim().split(" ");
  const lasts = [...firsts.slice(1).map((day) => isoDay(Date.parse(day) - DAY)), figure.dataset.last];
  const start = Date.parse(firsts[0]);
  const length = Date.parse(figure.dataset.last) + DAY - start;
  const group = Object.assign(document.createElement("div"), { className: "handles" });
  const from = handle(group, "First day", 0, firsts);
  const until = handle(group, "Last day", firsts.length - 1, lasts);
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: "Only these days" });
  const move = (moved, other, isFirst) => {
    if (isFirst ? +moved.value > +other.value : +moved.value < +other.value) other.value = moved.value;
    for (const [range, days] of [[from, firsts], [until, lasts]]) tell(range, days);
    show(brush, (Date.parse(firsts[from.value]) - start) / length, (Date.parse(lasts[until.value]) + DAY - start) / length);
  };
  from.addEventListener("input", () => move(from, until, true));
  until.addEventListener("input", () => move(until, from, false));
  button.addEventListener("click", () => send(firsts[from.value], lasts[until.value]));
  for (const range of [from, until]) {
    range.addEventListener("keydown", (event) => { if (event.key === "Enter") button.click(); });
  }
  group.append(button);
  figure.querySelector(".same").before(group);
}

/** @returns {HTMLInputElement} a handle over the bins, which says the day where it stands. */
function handle(group, name, value, days) {
  const label = document.createElement("label");
  const range = Object.assign(document.createElement("input"), { type: "range", min: 0, max: days.length - 1, value });
  range.setAttribute("aria-label", name);
  label.append(name, range, document.createElement("output"));
  group.append(label);
  tell(range, days);
  return range;
}

function tell(range, days) {
  range.setAttribute("aria-valuetext", days[range.value]);
  range.nextElementSibling.textContent = days[range.value];
}

/** Send the days that a stretch of the drawing stands for. */
function sendShare(figure, from, to) {
  const first = Date.parse(figure.dataset.first);
  const days = (Date.parse(figure.dataset.last) - first) / DAY + 1;
  const at = (day) => isoDay(first + day * DAY);
  send(at(Math.floor(from * days)), at(Math.max(0, Math.ceil(to * days) - 1)));
}

/** Fill in the days and send the form. */
function send(first, last) {
  const since = document.getElementById("since");
  since.value = first;
  document.getElementById("until").value = last;
  since.form.requestSubmit();
}

function isoDay(time) {
  return new Date(time).toISOString().slice(0, 10);
}
