/** The words in English: `auxilio/en`. */
export * from './words/en/index.ts';
