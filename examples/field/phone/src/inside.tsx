/** The screens behind the login, loaded with the visits after the first paint. */

import { commandTypes } from 'auxilio/core';
import { useEffect } from 'preact/hooks';
import { route } from '../../ui/route.ts';
import { usePhone } from './app.tsx';
import { Cover } from './cover.tsx';
import { followDisagreements } from './disagreements.ts';
import { followInstructions, heard } from './follow-instructions.ts';
import { followForgotten } from './forgetting.ts';
import { followReads } from './reads.ts';
import { Act } from './screens/act.tsx';
import { Cannot } from './screens/cannot.tsx';
import { Closed } from './screens/closed.tsx';
import { Done } from './screens/done.tsx';
import { Door } from './screens/door.tsx';
import { Visit } from './screens/visit.tsx';
import { Visits } from './screens/visits.tsx';
import { Waiting } from './screens/waiting.tsx';
import { StatusBar } from './status-bar.tsx';
import { followHeld } from './submit-held.ts';

export { openPhone } from './phone.ts';

export function Inside() {
  const { screen, visitId, command } = route.value;
  const phone = usePhone();
  useEffect(() => followDisagreements(phone), [phone]);
  useEffect(() => followInstructions(phone), [phone]);
  useEffect(() => followReads(phone), [phone]);
  useEffect(() => followForgotten(phone), [phone]);
  useEffect(() => followHeld(phone), [phone]);
  return (
    <>
      <StatusBar />
      <Screen key={`${screen} ${visitId} ${command}`} />
      <Cover />
      <p class="hidden" role="status">
        {heard.value}
      </p>
    </>
  );
}

function Screen() {
  const { screen, visitId, command = '' } = route.value;
  // The address is anyone's to write.
  const isAct = commandTypes.some((type) => type === command);
  if (screen === 'waiting') return <Waiting />;
  if (visitId === undefined) return <Visits />;
  if (screen === 'act' && isAct) return <Act visitId={visitId} command={command} />;
  if (screen === 'closed' && isAct) return <Closed visitId={visitId} command={command} />;
  if (screen === 'cannot') return <Cannot visitId={visitId} />;
  if (screen === 'door') return <Door visitId={visitId} />;
  if (screen === 'done') return <Done visitId={visitId} />;
  return <Visit visitId={visitId} />;
}
