import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { offlineScreen } from '../ui/vite.ts';

export default defineConfig(offlineScreen('client', fileURLToPath(new URL('.', import.meta.url))));
