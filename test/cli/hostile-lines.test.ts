import { testHostileLines } from './hostile-lines.ts';

// What kept each open bracket took 8 bytes a bracket.
testHostileLines(24, 96);
