import { effect } from '@preact/signals';
import { render } from 'preact';
import { language } from './language.ts';
import { Root } from './root.tsx';
import './style.css';

effect(() => {
  document.documentElement.lang = language.value;
});

const app = document.getElementById('app');
if (app !== null) render(<Root />, app);
