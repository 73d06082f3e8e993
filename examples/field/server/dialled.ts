/** The digits of a number that a person typed, without the prefix of the country; null for any other text, or a shorter one. */
export function dialled(text: string): string | null {
  if (!/^[\d\s+().-]+$/.test(text)) return null;
  const digits = text.replaceAll(/\D/g, '').replace(/^(00)?506(?=\d{8}$)/, '');
  return digits.length === 8 ? digits : null;
}
