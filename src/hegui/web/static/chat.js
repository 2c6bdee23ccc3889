// The chat page: sends, shows the answer as it streams, stops. Without this script the same form
// works as a plain form. The conversation lives in this page and nowhere else.
import { events } from "./sse.js";
import { add, addAnswer, addUser, copy, fillCard, follow } from "./turns.js";

const form = document.getElementById("composer");
const say = document.getElementById("say");
const send = document.getElementById("send");
const stop = document.getElementById("stop");
const model = document.getElementById("model");
const kept = document.getElementById("history");
const save = document.getElementById("save");
const status = document.getElementById("status");
const turns = JSON.parse(kept.value || "[]");
let running = null;

form.addEventListener("submit", (event) => {
  const by = event.submitter;
  // Another language, or a file to keep: the form carries the conversation over.
  if (by?.name === "only" || by?.name === "as") return;
  event.preventDefault();
  const text = (by?.name === "say" ? by.value : say.value).trim();
  if (running || !text) return;
  if (by?.name !== "say") say.value = "";
  grow();
  talk(text);
});
stop.addEventListener("click", halt);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && running) halt();
});
say.addEventListener("keydown", (event) => {
  // While an input method composes Chinese, Enter picks a word and does not send.
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  if (!running) form.requestSubmit(send);
});
say.addEventListener("input", grow);
model.addEventListener("change", () => {
  const demo = model.selectedOptions?.[0].hasAttribute("data-demo");
  document.getElementById("demo-notice").hidden = !demo;
});
document.body.classList.add("scripted");
grow();
follow(true);
// Where fingers type, focus would push the keyboard over the page.
if (matchMedia("(hover: hover)").matches) say.focus({ preventScroll: true });

function grow() {
  say.style.height = "auto";
  say.style.height = `${Math.min(say.scrollHeight + 2, window.innerHeight * 0.4)}px`;
}

function halt() {
  running?.abort();
}

function set(busy) {
  send.hidden = busy;
  stop.hidden = !busy;
  if (busy && document.activeElement === send) stop.focus();
  if (!busy && document.activeElement === document.body) say.focus({ preventScroll: true });
}

/** One question and its answer. `turns` holds only what the next request shall repeat. */
async function talk(text) {
  addUser(text);
  running = new AbortController();
  set(true);
  status.textContent = status.dataset.writing;
  const asked = [...turns, { role: "user", content: text }];
  const answer = { text: "", shown: null };
  let how;
  try {
    how = await receive(asked, answer, running.signal);
  } catch (error) {
    how = running.signal.aborted ? { halted: true } : { broken: true };
  }
  if (how.broken) {
    how = answer.text ? { card: copy("broken") } : { card: copy("gateway"), unsent: true };
  }
  answer.shown?.show(answer.text, true);
  if (!answer.text) answer.shown?.turn.remove();
  if (how.card) add(how.card);
  if (how.halted) add(copy("halted"));
  if (answer.text) turns.push(asked.at(-1), { role: "assistant", content: answer.text });
  kept.value = JSON.stringify(turns);
  save.hidden = turns.length === 0;
  if (how.unsent && !say.value) {
    say.value = text;
    grow();
  }
  status.textContent = how.halted ? status.dataset.halted : how.card ? how.card.innerText : status.dataset.done;
  running = null;
  set(false);
}

/** Streams the answer into `answer`; returns how it ended. */
async function receive(messages, answer, signal) {
  const response = await fetch("/chat/send", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ messages, model: model.value }),
    signal,
  });
  if (!response.ok) {
    const told = await response.json();
    return { card: fillCard(copy("card"), told), unsent: told.kind !== "stop" };
  }
  answer.shown = addAnswer(model.value);
  let reason = null;
  for await (const data of events(response)) {
    if (data === "[DONE]") {
      if (reason === "content_filter") return { card: copy("stop") };
      return {};
    }
    const doc = JSON.parse(data);
    if (doc.error) return { broken: true };
    const choice = doc.choices?.[0];
    answer.text += choice?.delta?.content ?? "";
    reason = choice?.finish_reason ?? reason;
    answer.shown.show(answer.text);
    if (doc.hegui?.decision) return { card: await reasons(doc.hegui.decision) };
  }
  return { broken: true };
}

/** The card of a decision, in plain words. */
async function reasons(id) {
  const response = await fetch(`/decisions/${encodeURIComponent(id)}/card`);
  return response.ok ? fillCard(copy("card"), await response.json()) : copy("stop");
}
