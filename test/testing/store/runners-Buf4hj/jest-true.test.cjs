const { storeConformance, memoryStore } = require('./kit.cjs');

const suite = storeConformance({
  capabilities: ['expectations', 'ranges', 'idempotency', 'feed'],
  open: () => ({ store: true ? { ...memoryStore(), streamExists: async () => true } : memoryStore() }),
});
for (const { name, run } of suite.cases) test(name, run);