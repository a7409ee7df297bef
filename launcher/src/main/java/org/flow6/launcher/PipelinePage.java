package org.flow6.launcher;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.flow6.flow.DropReason;
import org.flow6.flow.Field;
import org.flow6.flow.FlowApp;
import org.flow6.flow.Pipeline;
import org.flow6.flow.PuntReason;
import org.flow6.flow.RegisterSlice;
import org.flow6.flow.Table;

/** The pipeline as a page in Markdown. */
final class PipelinePage {
    private static final String BEFORE = """
            # The pipeline

            This page is made by `bin/flow6 pipeline`.

            A packet starts in the first stage and goes forward only.
            """;

    private PipelinePage() {}

    /** @param apps those whose reasons are listed */
    static String render(List<FlowApp> apps) {
        Pipeline pipeline = new Pipeline(apps);
        StringBuilder page = new StringBuilder(BEFORE);
        table(page, "Stages", List.of("table", "stage", "does", "where no flow matches"), stages());

        table(page, "Registers", List.of("bits", "holds", "from", "to"), registers());
        table(
                page,
                "Packets for the controller",
                List.of("code", "reason", "let through from one port", "burst"),
                punts(pipeline));
        table(page, "Packets dropped", List.of("code", "reason", "meaning"), drops(pipeline));
        return page.toString();
    }

    private static Stream<List<Object>> stages() {
        return Stream.of(Table.values())
                .map(table -> List.of(table.number(), table.title(), table.purpose(), miss(table.miss())));
    }

    private static String miss(Table.Miss miss) {
        if (miss instanceof Table.Miss.Continue next) {
            return "goes on to " + next.table().title();
        }
        if (miss instanceof Table.Miss.Return) {
            return "back to who asked";
        }
        return miss instanceof Table.Miss.Drop drop
                ? "dropped: " + drop.reason().name()
                : "dropped";
    }

    private static Stream<List<Object>> registers() {
        return Field.all().stream()
                .flatMap(field -> Stream.ofNullable(field.registers()).map(slice -> row(field, slice)));
    }

    private static List<Object> row(Field<?> field, RegisterSlice slice) {
        boolean wide = slice.bits() > Integer.SIZE;
        int highest = slice.offset() + slice.bits() - 1;
        String bits = (wide ? "xxreg" + slice.register() / 4 : "reg" + slice.register()) + "[" + slice.offset() + ".."
                + highest + "]";
        return List.of(bits, field.name(), slice.first().title(), slice.last().title());
    }

    private static Stream<List<Object>> punts(Pipeline pipeline) {
        return pipeline.punts().stream()
                .sorted(Comparator.comparingInt(PuntReason::code))
                .map(reason -> List.of(reason.code(), reason.name(), reason.packetsPerSecond() + "/s", reason.burst()));
    }

    private static Stream<List<Object>> drops(Pipeline pipeline) {
        return pipeline.drops().stream()
                .sorted(Comparator.comparingInt(DropReason::code))
                .map(reason -> List.of(reason.code(), reason.name(), reason.explanation()));
    }

    private static void table(StringBuilder page, String title, List<String> heads, Stream<List<Object>> rows) {
        page.append("\n## ").append(title).append("\n\n");
        row(page, heads);
        row(page, heads.stream().map(head -> "---").toList());
        rows.forEach(cells -> row(page, cells));
    }

    private static void row(StringBuilder page, List<?> cells) {
        cells.forEach(cell -> page.append("| ").append(cell).append(' '));
        page.append("|\n");
    }
}
