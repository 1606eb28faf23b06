// Hands the key of this launch, which stands after the #, to the explorer; it answers with a cookie that no script can read.
const key = location.hash.slice(1);
if (key) {
  const answer = await fetch(`/enter?token=${encodeURIComponent(key)}`, { method: "POST", redirect: "manual" });
  if (answer.type === "opaqueredirect" || answer.ok) location.replace(location.pathname + location.search);
}
