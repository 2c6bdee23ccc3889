// An answer cut into text, pictures and sounds; portal/pieces.py does the same for plain pages.
// Only data: addresses of these kinds become pictures or sounds; all else stays text.

const MEDIA = /!?\[([^\]\n]*)\]\((data:(?:image\/(?:png|svg\+xml)|audio\/(?:wav|x-wav));base64,[A-Za-z0-9+/=]+)\)/g;
// A picture or sound whose address is still coming.
const COMING = /!?\[[^\]\n]*\]\(data:[A-Za-z0-9+/=;,]*$/;

/**
 * @param {string} text the answer so far
 * @param {boolean} whole whether no more comes
 * @returns {{kind: string, text: string, src?: string}[]}
 */
export function cut(text, whole) {
  const pieces = [];
  let end = 0;
  for (const found of text.matchAll(MEDIA)) {
    add(pieces, text.slice(end, found.index));
    const kind = found[2].startsWith("data:image/") ? "image" : "audio";
    pieces.push({ kind, text: found[1], src: found[2] });
    end = found.index + found[0].length;
  }
  let rest = text.slice(end);
  const coming = whole ? null : COMING.exec(rest);
  if (coming) rest = rest.slice(0, coming.index);
  add(pieces, rest);
  if (coming) pieces.push({ kind: "drawing", text: "" });
  return pieces;
}

function add(pieces, text) {
  const trimmed = text.replace(/^\n+|\n+$/g, "");
  if (trimmed) pieces.push({ kind: "text", text: trimmed });
}
