// Reads server-sent events from a fetch response (WHATWG HTML, section 9.2), data fields only.

/**
 * The data of each event, as it comes.
 * @param {Response} response
 * @returns {AsyncGenerator<string>}
 */
export async function* events(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      const frames = (rest + value).split(/\r\n\r\n|\n\n|\r\r/);
      rest = frames.pop();
      for (const frame of frames) {
        const lines = frame.split(/\r\n|\n|\r/).filter((line) => line.startsWith("data:"));
        if (lines.length) yield lines.map((line) => line.slice(5).trimStart()).join("\n");
      }
    }
  } finally {
    reader.cancel().catch(() => {}); // an aborted fetch has nothing left to cancel
  }
}
