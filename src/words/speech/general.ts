/** Phrases for any moment, by role (2.1-02..08, 2.2-01..07). */
export const general = {
  provider: [
    'by-name',
    'how-are-you',
    'moment',
    'thanks',
    'gladly',
    'at-your-service',
    'listen',
    'support',
    'anything-else',
  ],
  'contact-center': ['by-name', 'moment', 'thanks', 'gladly', 'at-your-service'],
  client: [],
} as const;
