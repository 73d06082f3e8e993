import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { memoryStore } from 'auxilio/memory';
import { createService } from 'auxilio/service';
import { createAssistant } from './assistant.ts';

// In the place of memory: the store that your other services use.
const service = createService({ store: memoryStore() });
await createAssistant(service, process.env.OPERATOR ?? 'op-7').connect(new StdioServerTransport());
