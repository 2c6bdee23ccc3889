// Counts the characters of a text as it is written. Without this script the server still counts.
const text = document.querySelector("textarea[data-most]");
const told = document.getElementById("count");

function count() {
  const most = Number(text.dataset.most);
  const written = Array.from(text.value).length;
  const over = written > most;
  told.textContent = (over ? told.dataset.over : told.dataset.count).replace(
    "%",
    (over ? written - most : written).toLocaleString("en"),
  );
  told.classList.toggle("over", over);
}

if (text) {
  told.hidden = false;
  text.addEventListener("input", count);
  count();
}
