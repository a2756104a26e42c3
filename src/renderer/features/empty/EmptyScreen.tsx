import { Center, Stack, Text, Title } from '@mantine/core';
import { inputsStore } from '../../stores/inputs.ts';
import { useStore } from '../../stores/use-store.ts';

/** A placeholder with the real wiring: what was dropped is listed by name. */
export function EmptyScreen() {
  const inputs = useStore(inputsStore, (state) => state.inputs);
  const refused = useStore(inputsStore, (state) => state.refused);
  return (
    <Center component="main" mih="100vh" p="xl">
      <Stack align="center" gap="md">
        <Title order={1} size="h3">
          Drop a folder of images, or paste a list of URLs
        </Title>
        {inputs.length > 0 && (
          <ul aria-label="Inputs">
            {inputs.map((input) => (
              <li key={input.id} data-kind={input.kind}>
                {input.name}
              </li>
            ))}
          </ul>
        )}
        {refused.map((one) => (
          <Text key={one.message} role="alert" c="red">
            {one.message}
          </Text>
        ))}
      </Stack>
    </Center>
  );
}
