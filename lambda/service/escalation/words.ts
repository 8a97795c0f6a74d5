/**
 * What a notification says: the same words for every call, so that they can hold nothing of a patient. They pass through carriers and show on locked screens.
 * The text is one part of 160 GSM characters (AWS End User Messaging SMS User Guide, "SMS character limits").
 */
export const notificationWords = {
  text: 'Safe Harbor: a call for your practice waits. Sign in to read it.',
  voice: 'This is Safe Harbor. A call for your practice waits. Please sign in to read it. I repeat: a call for your practice waits.',
} as const satisfies Record<string, string>

/** How a provider is notified. */
export type Channel = keyof typeof notificationWords
