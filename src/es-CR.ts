/** The words in Spanish of Costa Rica: `auxilio/es-CR`. */
export * from './words/es-cr/index.ts';
