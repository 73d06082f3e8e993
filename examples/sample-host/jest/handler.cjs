const { decide, replay } = require('auxilio');

/** A command handler in plain JavaScript, over a map; nothing comes between reading a visit and writing it. */
exports.createHandler = () => {
  const visits = new Map();
  const rowsOf = (visitId) => visits.get(visitId) ?? [];

  function handle(command) {
    const { type, data, metadata } = command;
    const { commandId, actor } = metadata;
    const rows = rowsOf(data.visitId);
    const content = JSON.stringify([type, data, actor]);
    const earlier = rows.find((row) => row.commandId === commandId);
    if (earlier !== undefined) return { ok: earlier.content === content };
    const decision = decide(command, replay(rows.map(({ event }) => event)));
    if (!decision.ok) return { ok: false };
    visits.set(data.visitId, [...rows, ...decision.events.map((event) => ({ commandId, content, event }))]);
    return { ok: true };
  }

  return {
    handle: async (command) => handle(command),
    log: async (visitId) => rowsOf(visitId).map(({ event }) => event),
  };
};
