import { memoryKeyStore, memoryStore } from 'auxilio/memory';
import { createPrivacy, memoryWrappingKeys, type PrivacyOptions } from 'auxilio/privacy';
import { createService, type ServiceOptions } from 'auxilio/service';

/** A service whose personal texts are under keys, in memory. */
export async function privateService(given: Partial<PrivacyOptions> = {}, options: Partial<ServiceOptions> = {}) {
  const store = memoryStore();
  const [keys, wrapping] = [memoryKeyStore(), memoryWrappingKeys()];
  const privacy = await createPrivacy({ keys, wrapping, store, ...given });
  const service = createService({ store, privacy, ...options });
  return { store, keys, wrapping, privacy, service };
}
