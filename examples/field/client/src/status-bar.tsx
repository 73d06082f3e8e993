import { hrefOf } from '../../ui/route.ts';
import { said, t, trouble, waiting } from './app.ts';
import { isRefused } from './server.ts';

/** The line that says what has reached the center. Without anything said, it is there only while there is no signal. */
export function StatusBar() {
  const count = waiting.value.length;
  const hasRefused = said.value.some(({ outcome }) => isRefused(outcome));
  const [look, text] =
    trouble.value === 'unauthenticated'
      ? ['bad', t().sessionOver]
      : hasRefused
        ? ['bad', t().refused]
        : count > 0
          ? ['waits', t().waiting(count)]
          : trouble.value !== null
            ? ['waits', t().offline]
            : said.value.length > 0
              ? ['sent', t().sent]
              : ['', ''];
  return (
    <div role="status">
      {text !== '' && (
        <a class={`status ${look}`} href={hrefOf('spoken')}>
          {text}
        </a>
      )}
    </div>
  );
}
