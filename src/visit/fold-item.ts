/** Folds the name of an item: two items are the same when their names, trimmed and in NFC, differ only in case. */
export const foldItem = (item: string): string => item.trim().toLowerCase().normalize('NFC');
