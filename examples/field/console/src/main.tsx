import { render } from 'preact';
import { Root } from './root.tsx';
import '../../ui/base.css';
import './style.css';

const root = document.querySelector('#app');
if (root === null) throw new Error('The page has no #app');
render(<Root />, root);
