import { NativeSelect } from '@mantine/core';
import { t } from '../../../../languages/translate.ts';
import type { Insert } from '../../../components/TypedField.tsx';

interface PlaceholderMenuProps {
  /** How files are named where nothing is typed. */
  readonly usual: string;
  readonly onChoose: Insert;
}

/** What can be put into names, in words, to be chosen instead of typed. */
export function PlaceholderMenu({ usual, onChoose }: PlaceholderMenuProps) {
  const choose = (piece: string) => {
    const isFolder = piece.endsWith('/');
    onChoose((text, at) => {
      if (text === '') return piece === '{name}' ? usual : `${piece}${isFolder ? '' : '-'}${usual}`;
      // Folders come first; all else where the caret is.
      const place = isFolder ? 0 : at;
      return text.slice(0, place) + piece + text.slice(place);
    });
  };
  return (
    <NativeSelect
      size="xs"
      mt={4}
      aria-label={t('Put into the names')}
      value=""
      data={[{ value: '', label: t('Put into the names…'), disabled: true }, ...pieces()]}
      onChange={(event) => choose(event.currentTarget.value)}
    />
  );
}

function pieces(): { value: string; label: string }[] {
  return [
    { value: '{name}', label: t('Name of the picture') },
    { value: '{counter:4}', label: t('Number within its folder') },
    { value: '{date}', label: t('Day it was taken') },
    { value: '{date:YYYY-MM-DD_HH-mm-ss}', label: t('Day and time it was taken') },
    { value: '{year}/{month}/', label: t('Folders by year and month') },
    { value: '{folder}/', label: t('The folders that it lies in') },
    { value: '{parent}', label: t('Name of its folder') },
    { value: '{camera}', label: t('Camera') },
    { value: '{lens}', label: t('Lens') },
    { value: '{width}x{height}', label: t('Width and height asked for') },
    { value: '{format}', label: t('Format written') },
  ];
}
