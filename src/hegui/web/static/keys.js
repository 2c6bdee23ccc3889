// Lists by keyboard: j and k walk the rows, enter follows the row's link (it has the focus),
// / goes to the filter, ? shows the keys. Without this module Tab and enter do the same.

const links = () =>
  [...document.querySelectorAll("[data-row]")]
    .map((row) => row.querySelector("a"))
    .filter((link) => link && link.offsetParent);

const walk = (by) => {
  const all = links();
  const at = all.findIndex((link) => link.closest("[data-row]").contains(document.activeElement));
  const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by];
  next?.focus();
  next?.closest("[data-row]").scrollIntoView({ block: "nearest" });
  return Boolean(next);
};

const filter = () => {
  const field = document.querySelector(".filters :is(input:not([type=hidden]), select, a)");
  field?.focus();
  return Boolean(field);
};

const help = () => {
  document.querySelector("#keys")?.showModal();
  return true;
};

const keys = { j: () => walk(1), k: () => walk(-1), "/": filter, "?": help };

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, dialog");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (keys[event.key]?.()) event.preventDefault();
});

const button = document.querySelector("#keys-button");
if (button) {
  button.hidden = false;
  button.addEventListener("click", help);
}
