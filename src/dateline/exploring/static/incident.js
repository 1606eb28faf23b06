// Switching the policy exchanges the settled values alone; without this script the same links load the whole page.
document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-policy]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const answer = await fetch(link.href);
  if (!answer.ok) {
    location.assign(link.href);
    return;
  }
  const made = new DOMParser().parseFromString(await answer.text(), "text/html");
  document.getElementById("settled").replaceWith(made.getElementById("settled"));
  history.replaceState(null, "", link.href);
  document.querySelector("a[data-policy][aria-current]").focus();
});
