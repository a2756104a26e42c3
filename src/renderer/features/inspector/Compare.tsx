import { type CSSProperties, type DragEvent, useState } from 'react';
import { t } from '../../../languages/translate.ts';
import type { Row, ThumbId } from '../../../shared/ipc/run.ts';
import { thumbAddress } from '../../lib/thumb-address.ts';
import classes from './Compare.module.css';

interface CompareProps {
  readonly details: {
    readonly row: Pick<Row, 'name' | 'width' | 'height'>;
    readonly result?: ThumbId | undefined;
    readonly original?: ThumbId | undefined;
  };
  /** What is written over the two halves. */
  readonly tags?: { readonly original: string; readonly result: string };
  /** Called with the original's size in pixels, once it is known. */
  readonly onOriginal?: (width: number, height: number) => void;
  /** Whether it has the whole window: then the arrow keys go from item to item. */
  readonly large?: boolean;
  /** Takes the picture out of the window, as a file. Then the divider alone is moved, and the rest is dragged. */
  readonly onDragOut?: (() => void) | undefined;
}

const usualTags = () => ({ original: t('Original'), result: t('Result') });

/** An item's picture, over its original where that can be shown: a divider between the two is moved by mouse or keys. */
export function Compare({ details, tags = usualTags(), onOriginal, large = false, onDragOut }: CompareProps) {
  const { row, result } = details;
  /** What is no picture for the browser either: it would stand there with the browser's sign for that. */
  const [undrawn, setUndrawn] = useState<ThumbId>();
  const original = details.original === undrawn ? undefined : details.original;
  const [split, setSplit] = useState(50);
  const [isSplitting, setSplitting] = useState(false);
  const both = result !== undefined && original !== undefined;
  const ratio = row.width !== undefined && row.height !== undefined ? row.width / row.height : undefined;
  if (result === undefined && original === undefined) {
    return <p className={classes.none}>{t('There is no picture of this item to show.')}</p>;
  }
  const style = { aspectRatio: ratio, '--split': `${split}%`, '--ratio': ratio } as CSSProperties;
  // The system drags the file itself: a picture of the page would be a copy without a name.
  const out = {
    draggable: onDragOut !== undefined && !isSplitting,
    onDragStart: (event: DragEvent) => {
      event.preventDefault();
      onDragOut?.();
    },
  };
  return (
    <div className={classes.frame} data-large={large}>
      <div className={classes.stage} style={style} data-out={onDragOut !== undefined}>
        {original !== undefined && (
          <img
            {...out}
            className={classes.picture}
            src={thumbAddress(original)}
            alt={t('{{name}}, original', { name: row.name })}
            onLoad={({ currentTarget }) =>
              onOriginal?.(currentTarget.naturalWidth, currentTarget.naturalHeight)
            }
            onError={() => setUndrawn(original)}
          />
        )}
        {result !== undefined && (
          <img
            {...out}
            className={classes.picture}
            data-over={both}
            src={thumbAddress(result)}
            alt={t('{{name}}, result', { name: row.name })}
          />
        )}
        {both && (
          <>
            <span className={classes.divider} aria-hidden />
            <span className={classes.tag} data-side="left" aria-hidden>
              {tags.original}
            </span>
            <span className={classes.tag} data-side="right" aria-hidden>
              {tags.result}
            </span>
            <input
              className={classes.range}
              type="range"
              min={0}
              max={100}
              value={split}
              tabIndex={large ? -1 : 0}
              // The divider leaves the place where it was taken: from there the browser would drag the picture below.
              onPointerDown={({ currentTarget, pointerId }) => {
                currentTarget.setPointerCapture(pointerId);
                setSplitting(true);
              }}
              onLostPointerCapture={() => setSplitting(false)}
              aria-label={t('Original on the left, result on the right')}
              aria-valuetext={t('{{split}} % original', { split })}
              onChange={(event) => setSplit(Number(event.currentTarget.value))}
            />
          </>
        )}
      </div>
    </div>
  );
}
