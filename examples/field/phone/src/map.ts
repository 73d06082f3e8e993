/** The address of a map with a place: on Android the application that the user has chosen for maps, elsewhere a page that opens one. */
export function mapHref(place: string, userAgent: string): string {
  // Takes any text: half of a pair of surrogates, too.
  const query = (name: string) => new URLSearchParams({ [name]: place });
  return /android/i.test(userAgent)
    ? `geo:0,0?${query('q')}`
    : `https://www.google.com/maps/search/?api=1&${query('query')}`;
}
