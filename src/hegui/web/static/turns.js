// The turns and cards of a conversation as elements. Text enters as textContent only.
import { cut } from "./pieces.js";

const log = document.getElementById("log");
const scroller = document.getElementById("stream");

/** A copy of the one element in a <template> that the server filled in the reader's language. */
export function copy(name) {
  return document.getElementById(`t-${name}`).content.firstElementChild.cloneNode(true);
}

/** Adds an element to the conversation, in view. */
export function add(element) {
  document.getElementById("welcome")?.remove();
  log.append(element);
  follow(true);
  return element;
}

/** Keeps the end in view if it was (or when asked to). */
export function follow(always = false) {
  const gap = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;
  if (always || gap < 120) scroller.scrollTop = scroller.scrollHeight;
}

/** What a person said. */
export function addUser(text) {
  const turn = copy("user");
  turn.querySelector(".piece").textContent = text;
  return add(turn);
}

/** An answer that grows: `show(text, whole)` draws it, once a frame at most. */
export function addAnswer(model) {
  const turn = copy("answer");
  turn.querySelector(".by-model").textContent = model;
  const said = turn.querySelector(".said");
  said.setAttribute("aria-busy", "true");
  said.classList.add("writing");
  add(turn);
  let waiting = 0;
  const draw = (text, whole) => {
    waiting = 0;
    reconcile(said, cut(text, whole));
    follow();
  };
  return {
    turn,
    show(text, whole = false) {
      cancelAnimationFrame(waiting);
      if (whole) {
        draw(text, true);
        said.removeAttribute("aria-busy");
        said.classList.remove("writing");
      } else {
        waiting = requestAnimationFrame(() => draw(text, false));
      }
    },
  };
}

/** A card: what happened, what is safe, what to do. */
export function fillCard(card, told) {
  card.classList.remove("stop", "error");
  card.classList.add(told.kind === "stop" ? "stop" : "error");
  card.querySelector(".card-title > span").textContent = told.kind === "stop" ? "■" : "▲";
  card.querySelector(".card-what").textContent = told.title;
  card.querySelector(".card-lines").replaceChildren(
    ...told.lines.map((line) => Object.assign(document.createElement("p"), { textContent: line })),
  );
  const next = card.querySelector(".card-next");
  const links = told.links.filter((link) => link.href.startsWith("/"));
  next.hidden = links.length === 0;
  next.replaceChildren(
    ...links.map((link) =>
      Object.assign(document.createElement("a"), {
        href: link.href,
        target: "_blank",
        rel: "noopener",
        textContent: link.text,
      }),
    ),
  );
  return card;
}

function reconcile(said, pieces) {
  pieces.forEach((piece, i) => {
    let element = said.children[i];
    if (!element || element.dataset.kind !== piece.kind) {
      element = make(piece);
      element.dataset.kind = piece.kind;
      if (said.children[i]) said.children[i].replaceWith(element);
      else said.append(element);
    }
    if (piece.kind === "text" && element.textContent !== piece.text) element.textContent = piece.text;
  });
  while (said.children.length > pieces.length) said.lastElementChild.remove();
}

function make(piece) {
  if (piece.kind === "text") {
    return Object.assign(document.createElement("p"), { className: "piece" });
  }
  const element = copy(piece.kind);
  if (piece.kind === "image") {
    const picture = element.querySelector("img");
    picture.alt = element.dataset.alt.replace("%", piece.text || element.dataset.unnamed);
    picture.addEventListener("load", () => follow(), { once: true });
    picture.src = piece.src;
  } else if (piece.kind === "audio") {
    const name = piece.text || element.dataset.unnamed;
    element.setAttribute("aria-label", element.getAttribute("aria-label").replace("%", name));
    element.src = piece.src;
  }
  return element;
}
