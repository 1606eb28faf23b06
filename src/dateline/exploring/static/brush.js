// Dragging over the time line fills in the days of the form and sends it.

const DAY = 86_400_000;

/**
 * Let a figure of class `timeline` be brushed over.
 * @param {HTMLElement} figure holds the drawing; `data-first` and `data-last` are the days of its ends.
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
    if (from !== null && Math.abs(to - from) > 0.004) send(figure, Math.min(from, to), Math.max(from, to));
    from = null;
  });
  drawing.addEventListener("pointercancel", () => {
    from = null;
    brush.setAttribute("hidden", "");
  });
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

/** Fill in the days and send the form. */
function send(figure, from, to) {
  const first = Date.parse(figure.dataset.first);
  const days = (Date.parse(figure.dataset.last) - first) / DAY + 1;
  const since = document.getElementById("since");
  since.value = isoDay(first + Math.floor(from * days) * DAY);
  document.getElementById("until").value = isoDay(first + Math.max(0, Math.ceil(to * days) - 1) * DAY);
  since.form.requestSubmit();
}

function isoDay(time) {
  return new Date(time).toISOString().slice(0, 10);
}
