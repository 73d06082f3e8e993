import { testHostileLines } from './hostile-lines.ts';

testHostileLines(200, 1024);
