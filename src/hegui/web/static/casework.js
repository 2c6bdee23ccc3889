// A decision being written: Ctrl+Enter presses the form's main button, and what was typed stays in
// this tab until it is sent, so that a lost session or connection costs nothing. Without this
// module Enter on the button does the same.

const form = document.querySelector("form[data-draft]");
const main = document.querySelector("[data-main]");
const sent = document.querySelector("[data-sent]")?.dataset.sent;

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.isComposing) main?.click();
});

if (sent) sessionStorage.removeItem(sent);

if (form) {
  const key = form.dataset.draft;
  if ("fresh" in form.dataset)
    for (const [name, value] of JSON.parse(sessionStorage.getItem(key) ?? "[]"))
      if (form.elements[name]) form.elements[name].value = value;
  form.addEventListener("input", () =>
    sessionStorage.setItem(key, JSON.stringify([...new FormData(form)])),
  );
}
