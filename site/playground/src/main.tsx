import { render } from 'preact';
import { Root } from './root.tsx';
import './style.css';

const app = document.getElementById('app');
if (app !== null) render(<Root />, app);
