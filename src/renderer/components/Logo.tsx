/** Three fish that swim as one. */
export function Logo({ size = 20 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" fill="var(--accent)" aria-hidden>
      <title>{'Shoal'}</title>
      <path d="M2 6.2c2.8-2.6 6.4-2.6 8.9-.4l2.4-2v5.4l-2.4-2C8.4 9.200 4.800 8.800 2 6.200Z" />
      <path d="M9.200 12c2.800-2.600 6.400-2.600 8.900-.4L21 9.200v5.800l-2.900-2.200c-2.500 2.200-6.100 1.800-8.900-.8Z" />
      <path d="M2 18c2.800-2.600 6.400-2.600 8.900-.4l2.400-2V21l-2.400-2C8.400 21.000 4.800 20.600 2 18Z" />
    </svg>
  );
}
