import type { CommandName } from './words/words.ts';

/** Example command lines, the same in every language. */
export const examples: Readonly<Record<CommandName, readonly string[]>> = {
  audit: [
    'auxilio audit visitas.ndjson',
    'auxilio audit llamadas.csv --map mapa.json --policy politica.json',
    'auxilio audit marzo.ndjson abril.ndjson --csv -o hallazgos.csv',
    'zcat visitas.ndjson.gz | auxilio audit --json | jq -c "select(.clean | not)"',
  ],
  show: ['auxilio show visitas.ndjson --visit V-101'],
  guide: [
    'auxilio guide visita.ndjson --role provider',
    'auxilio guide visitas.ndjson --visit V-101 --role contact-center',
  ],
  dossier: ['auxilio dossier visitas.ndjson --visit V-101', 'auxilio dossier visitas.ndjson --json'],
  payments: [
    'auxilio payments visitas.ndjson',
    'auxilio payments marzo.ndjson abril.ndjson --xlsx -o pagos.xlsx',
    'auxilio payments visitas.ndjson --csv --totals > proveedores.csv',
  ],
  report: [
    'auxilio report visitas.ndjson -o informe.html',
    'auxilio report llamadas.csv --map mapa.json -o informe.html',
  ],
  schema: ['auxilio schema > auxilio.schema.json', 'auxilio schema --command StartWork'],
  clauses: ['auxilio clauses', 'auxilio clauses 1.1-19 --locale en'],
  explain: [`echo '{"rule":"photos-sent","clause":"1.1-19","facts":{"unsent":["f-2"]}}' | auxilio explain`],
  simulate: [
    'auxilio simulate --visits 100 --seed 7 > visitas.ndjson',
    'auxilio simulate --visits 1000 | auxilio audit',
  ],
  explore: ['auxilio explore --policy politica.json', 'auxilio explore --full'],
  sheet: ['auxilio sheet guess llamadas.csv > mapa.json', 'auxilio audit llamadas.csv --map mapa.json'],
  completion: [
    'source <(auxilio completion bash)',
    'auxilio completion fish > ~/.config/fish/completions/auxilio.fish',
  ],
  store: ['auxilio store backup visitas.sqlite respaldo-2026-03-17.sqlite'],
};
