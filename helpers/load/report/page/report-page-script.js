// The script of the report page. It runs in the browser; report-page.ts puts it into the page as it is.
(() => {
  'use strict';

  const {
    charts,
    seconds,
    momentSeconds,
    marker,
    marks = [],
  } = JSON.parse(document.getElementById('chart-data').textContent);
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const end = (seconds.at(-1) ?? 0) + momentSeconds;
  const plots = new Map();

  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const seriesColour = (index) => colour(`--series-${index}`);

  const compact = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 2 });
  const wholeSteps = Array.from({ length: 15 }, (_, power) => [1, 2, 5].map((step) => step * 10 ** power)).flat();
  const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });

  const clock = (value) => {
    const whole = Math.round(value);
    const two = (number) => String(number).padStart(2, '0');
    const hours = Math.floor(whole / 3600);
    const minutes = Math.floor(whole / 60) % 60;
    return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
  };

  const onAxis = (unit) => (value) => {
    if (unit !== 'ms') return compact.format(value);
    return value >= 1000 ? `${grouped.format(value / 1000)} s` : `${grouped.format(value)} ms`;
  };

  const inLegend = (unit, value) => {
    if (value === null || value === undefined) return '–';
    return unit === 'ms' ? `${grouped.format(value)} ms` : grouped.format(value);
  };

  /** Each layer drawn from zero up to the sum of itself and all layers after it, so that the later ones cover it. */
  const stacked = (series) =>
    series.map((_, first) =>
      seconds.map((_, at) => series.slice(first).reduce((sum, { values }) => sum + values[at], 0)),
    );

  /** Lines join neighbours; a value between two gaps has none and is shown as a point. */
  const lonePoints = (plot, index) =>
    plot.data[index].flatMap((value, at, values) =>
      value !== null && (values[at - 1] ?? null) === null && (values[at + 1] ?? null) === null ? [at] : [],
    );

  const seriesOptions = ({ kind }, { label, colour: index, axis }) => {
    const stroke = seriesColour(index);
    const options = {
      label,
      scale: axis,
      stroke,
      width: 1.75,
      points: { show: true, size: 5, fill: stroke, filter: lonePoints },
    };
    if (kind === 'area') return { ...options, fill: `${stroke}1f` };
    if (kind === 'steps') return { ...options, fill: `${stroke}1f`, paths: uPlot.paths.stepped({ align: 1 }) };
    if (kind === 'stack') {
      const paths = uPlot.paths.bars({ size: [1, Infinity], align: 1, gap: 0 });
      return { ...options, width: 0, fill: stroke, paths, points: { show: false } };
    }
    return options;
  };

  const axisOptions = (unit, scale, side) => ({
    scale,
    side,
    size: (plot, values) => (values ? Math.max(...values.map((value) => value.length)) * 6.5 + 16 : 40),
    stroke: colour('--muted'),
    font: '12px system-ui, sans-serif',
    grid: { show: scale === 'left', stroke: colour('--grid'), width: 1 },
    ticks: { show: false },
    space: 36,
    // There is no half refusal.
    ...(unit !== 'ms' && unit !== 'per second' && { incrs: wholeSteps }),
    values: (plot, splits) => splits.map(onAxis(unit)),
  });

  const drawMarker = (plot) => {
    if (!marker || marker.second > end) return;
    const { ctx, bbox } = plot;
    const x = Math.round(plot.valToPos(marker.second, 'x', true)) + 0.5;
    ctx.save();
    ctx.strokeStyle = colour('--fail');
    ctx.lineWidth = uPlot.pxRatio;
    ctx.setLineDash([4 * uPlot.pxRatio, 4 * uPlot.pxRatio]);
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    ctx.restore();
  };

  /** A line at each moment at which something was killed or started, with its words: kills above, starts below. */
  const drawMarks = (plot) => {
    const { ctx, bbox } = plot;
    const size = 10 * uPlot.pxRatio;
    const shown = marks.filter(({ second }) => second <= end);
    const placed = shown.map((mark) => ({ ...mark, x: Math.round(plot.valToPos(mark.second, 'x', true)) + 0.5 }));
    ctx.save();
    ctx.strokeStyle = colour('--muted');
    ctx.lineWidth = uPlot.pxRatio;
    for (const { x } of placed) {
      ctx.beginPath();
      ctx.moveTo(x, bbox.top);
      ctx.lineTo(x, bbox.top + bbox.height);
      ctx.stroke();
    }
    ctx.font = `${size}px system-ui, sans-serif`;
    ctx.fillStyle = colour('--muted');
    ctx.strokeStyle = colour('--card');
    ctx.lineWidth = 4 * uPlot.pxRatio;
    ctx.textAlign = 'left';
    ctx.textBaseline = 'alphabetic';
    const endsOfWords = new Map();
    for (const { x, label } of placed) {
      const row = label.startsWith('kill') ? 0 : 1;
      const width = ctx.measureText(label).width + size;
      const isLeft = x + width > bbox.left + bbox.width;
      const from = isLeft ? x - width : x;
      // Words that would stand upon others are left to the text below the charts.
      if (from < (endsOfWords.get(row) ?? -Infinity)) continue;
      const at = [label, from + size / 2, bbox.top + size * (1 + 1.3 * row)];
      ctx.strokeText(...at);
      ctx.fillText(...at);
      endsOfWords.set(row, from + width);
    }
    ctx.restore();
  };

  const fromZero = (plot, lowest, highest) => {
    const top = Math.max(highest ?? 0, 0);
    const bottom = Math.min(lowest ?? 0, 0);
    return top === bottom ? [bottom, top + 1] : [bottom * 1.06, top * 1.06];
  };

  const showValues =
    (figure, { unit, series }) =>
    (plot) => {
      const at = plot.cursor.idx;
      const isInside = at !== null && at !== undefined && plot.cursor.left >= 0;
      figure.querySelector('[data-time]').textContent = isInside ? `at ${clock(seconds[at])}` : '';
      for (const [index, output] of [...figure.querySelectorAll('[data-value]')].entries()) {
        output.textContent = isInside ? inLegend(unit, series[index].values[at]) : output.dataset.value;
      }
    };

  const draw = (chart) => {
    const figure = document.getElementById(`chart-${chart.id}`);
    const place = figure.querySelector('[data-plot]');
    plots.get(chart.id)?.destroy();
    const values = chart.kind === 'stack' ? stacked(chart.series) : chart.series.map((one) => one.values);
    const hasRightAxis = chart.series.some(({ axis }) => axis === 'right');
    const options = {
      width: place.clientWidth,
      height: place.clientHeight,
      padding: [8, hasRightAxis ? 0 : 20, 0, 0],
      legend: { show: false },
      cursor: {
        sync: { key: 'run' },
        drag: { x: false, y: false },
        points: { show: chart.kind !== 'stack', size: 7 },
      },
      scales: {
        x: { time: false, range: () => [0, end] },
        left: { range: fromZero },
        right: { range: fromZero },
      },
      axes: [
        {
          stroke: colour('--muted'),
          font: '12px system-ui, sans-serif',
          grid: { show: false },
          ticks: { stroke: colour('--grid'), width: 1, size: 4 },
          size: 26,
          space: 56,
          incrs: [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 28800],
          values: (plot, splits) => splits.map(clock),
        },
        axisOptions(chart.unit, 'left', 3),
        ...(hasRightAxis ? [axisOptions(chart.unit, 'right', 1)] : []),
      ],
      series: [{}, ...chart.series.map((one) => seriesOptions(chart, one))],
      hooks: { draw: [drawMarker, drawMarks], setCursor: [showValues(figure, chart)] },
    };
    plots.set(chart.id, new uPlot(options, [seconds, ...values], place));
  };

  const shown = charts.filter(({ series }) => series.length > 0);
  for (const chart of shown) {
    draw(chart);
    const place = document.getElementById(`chart-${chart.id}`).querySelector('[data-plot]');
    new ResizeObserver(() => {
      const plot = plots.get(chart.id);
      if (plot.width !== place.clientWidth) plot.setSize({ width: place.clientWidth, height: place.clientHeight });
    }).observe(place);
  }
  // The canvases hold the colours they were drawn with.
  dark.addEventListener('change', () => {
    for (const chart of shown) draw(chart);
  });
})();
