import { actName, explain, guide } from 'auxilio';
import type { ActCommand, Replica, ReplicaVisit } from 'auxilio/replica';
import { computed, defineComponent, onScopeDispose, type PropType, ref, shallowRef } from 'vue';

/** The visit as it is on the device, read again after each change, in this tab or another. */
export function useVisit(replica: Replica, visitId: string) {
  const visit = shallowRef<ReplicaVisit>();
  const read = async () => {
    visit.value = await replica.visit(visitId);
  };
  onScopeDispose(replica.subscribe(() => void read()));
  void read();
  return visit;
}

/** The words of each verdict: nothing else says that the center has received what was recorded. */
const verdicts = {
  received: 'Recibido por el centro.',
  attention: 'El centro no ha recibido todo. Llame al centro.',
  saved: 'Guardado en este teléfono, por enviar.',
  unknown: 'Todavía no se sabe qué tiene el centro.',
};

/** A button for each act that needs no other data than its visit and its time; see `auxilio/forms` for the others. */
export const Visit = defineComponent({
  props: { replica: { type: Object as PropType<Replica>, required: true }, visitId: { type: String, required: true } },
  setup({ replica, visitId }) {
    const visit = useVisit(replica, visitId);
    const refused = ref('');
    const guided = computed(() => visit.value && guide(visit.value.local, { role: 'provider', locale: 'es-CR' }));
    const buttons = computed(() => guided.value?.open.filter(({ ask }) => ask.length === 0) ?? []);
    const start = computed(() => guided.value?.closed.find(({ command }) => command === 'StartWork'));
    const why = (violations: NonNullable<typeof start.value>['violations'] = []) =>
      violations.map((one) => explain(one, 'es-CR')).join(' ');

    async function record(type: ActCommand['type']) {
      const data = { visitId, at: new Date().toISOString() };
      const answer = await replica.act({ type, data } as ActCommand);
      refused.value = !answer.ok && answer.reason === 'refused' ? why(answer.violations) : '';
    }
    const name = (command: ActCommand['type']) => actName(command, 'es-CR');
    return { visit, verdicts, buttons, start, why, refused, record, name };
  },
  template: `<section v-if="visit">
    <h2>{{ visit.local.client?.name }}</h2>
    <p role="status">{{ verdicts[visit.verdict] }}</p>
    <button v-for="{ command } in buttons" :key="command" type="button" @click="record(command)">{{ name(command) }}</button>
    <p>{{ why(start?.violations) }}</p>
    <p role="alert">{{ refused }}</p>
  </section>`,
});
