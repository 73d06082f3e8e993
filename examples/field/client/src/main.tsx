/** The client's page. It shows what this device kept, and asks the server after that. */
import { render } from 'preact';
import { showErased } from '../../ui/erased.ts';
import { locale } from './app.ts';
import { enterByAddress } from './enter.ts';
import { Root } from './root.tsx';
import { followServer, showKept } from './sync.ts';
import { loadTexts } from './words.ts';
import '../../ui/base.css';
import './style.css';

const root = document.querySelector('#app');
if (root === null) throw new Error('The page has no #app');
showErased();
const entering = enterByAddress();
await Promise.all([showKept().catch(console.error), loadTexts(locale.peek()).catch(console.error)]);
render(<Root />, root);
await entering;
followServer();

if (import.meta.env.MODE === 'production') {
  navigator.serviceWorker?.register('/client/sw.js', { scope: '/client/' }).catch((error) => console.error(error));
}
