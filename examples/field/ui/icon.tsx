/** The icons of the screens: strokes on a square of 24, in the color of the text around them. Decoration: never read aloud. */
const paths = {
  arrive: 'M12 21s7-6.2 7-11a7 7 0 0 0-14 0c0 4.800 7 11 7 11zM12 12.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5z',
  card: 'M3 6h18v12H3zM7 15.500c.5-2 3.500-2 4 0M9 12a1.500 1.500 0 1 0 0-3 1.500 1.500 0 0 0 0 3zM14.500 10H18M14.500 14H18',
  look: 'M10.500 17a6.500 6.500 0 1 0 0-13 6.500 6.500 0 0 0 0 13zM15.500 15.500 21 21',
  camera: 'M4 8h3.500L9 5.500h6L16.500 8H20v11H4zM12 16.500a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7z',
  box: 'M4 8l8-4 8 4v8l-8 4-8-4zM4 8l8 4 8-4M12 12v8',
  tools: 'M5 19l7-7M14 4a5 5 0 0 0-2.500 6.500M14 4l-1 4 3 3 4-1a5 5 0 0 1-6.500 2.500M5 5l5 5M14 14l5 5',
  call: 'M6 3h4l1.500 5L9 9.500a12 12 0 0 0 5.500 5.500L16 12.500l5 1.500v4c0 1.500-1 3-3 3C10 20.500 3.500 14 3 6c0-2 1.500-3 3-3z',
  work: 'M5 12.500l4.500 4.500L19 7',
  test: 'M9 3h6M10 3v6l-5 9.500c-.7 1.300 0 2.500 1.500 2.500h11c1.500 0 2.200-1.200 1.500-2.500L14 9V3M7.500 15h9',
  hand: 'M4 13l4-4 3 3-2 2 3 3 7-7-5-6H9L4 9z',
  end: 'M6 21V4M6 5h11l-2.500 4L17 13H6',
  warn: 'M12 4 2.500 20h19zM12 10v4.500M12 17.300v.2',
  pause: 'M8 5v14M16 5v14',
  note: 'M6 3h9l4 4v14H6zM9 12h7M9 16h7M9 8h3',
  speak: 'M4 9.500v5h4l5 4.500V5L8 9.500zM16.500 9a4 4 0 0 1 0 6M19 6.500a8 8 0 0 1 0 11',
  back: 'M15 5l-7 7 7 7',
  send: 'M4 12 20 4l-5 16-3.500-6.500z',
  moon: 'M20 14.500A8.500 8.500 0 0 1 9.500 4a8.500 8.500 0 1 0 10.500 10.500z',
  sun: 'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 2v3M12 19v3M2 12h3M19 12h3M5 5l2 2M17 17l2 2M5 19l2-2M17 7l2-2',
  undo: 'M5 10h9a5 5 0 0 1 0 10h-3M5 10l4-4M5 10l4 4',
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}
