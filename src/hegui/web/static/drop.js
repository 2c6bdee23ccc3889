// A file dropped on the page is read at once; without this the form works as it stands.
const form = document.querySelector("[data-drop]");
form.querySelector(".drop-hint").hidden = false;
document.addEventListener("dragover", (event) => event.preventDefault());
document.addEventListener("drop", (event) => {
  event.preventDefault();
  form.querySelector("input[type=file]").files = event.dataTransfer.files;
  if (event.dataTransfer.files.length) form.requestSubmit();
});
