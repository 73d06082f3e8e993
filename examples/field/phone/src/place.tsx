import { isErased } from '../../ui/erased.ts';
import { Icon } from '../../ui/icon.tsx';
import { mapHref } from './map.ts';

/** The place of a visit. Its map is asked for when it is touched, and not before. */
export function Place({ place }: { place: string }) {
  if (isErased(place)) return <p>{place}</p>;
  return (
    <a class="place" href={mapHref(place, navigator.userAgent)} target="_blank" rel="noopener noreferrer">
      <Icon name="arrive" /> {place}
    </a>
  );
}
