package org.flow6.core.ovsdb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DatumTest {
    private static final String UUID_1 = "00000000-0000-0000-0000-000000000001";

    private static JsonNode json(String text) throws Exception {
        return new ObjectMapper().readTree(text.replace('\'', '"'));
    }

    private static Datum decode(String text) throws Exception {
        return Datum.decode(json(text));
    }

    private static Atom text(String value) {
        return new Atom.Text(value);
    }

    @Test
    void readsSetsOfNoneOneAndMany() throws Exception {
        assertThat(decode("['set',[]]")).isEqualTo(Datum.SetOf.NONE);
        assertThat(decode("'a'")).isEqualTo(Datum.of(text("a"))).isEqualTo(decode("['set',['a']]"));
        assertThat(decode("['set',['a','b']]")).isEqualTo(decode("['set',['b','a']]"));
    }

    @Test
    void readsEveryKindOfAtom() throws Exception {
        assertThat(decode("['set',[true,1.5,-1,['uuid','" + UUID_1 + "']]]"))
                .isEqualTo(Datum.of(
                        new Atom.Bool(true),
                        new Atom.Real(1.5),
                        new Atom.Int(-1),
                        new Atom.Uuid(UUID.fromString(UUID_1))));
    }

    @Test
    void readsMaps() throws Exception {
        assertThat(decode("['map',[]]")).isEqualTo(new Datum.MapOf(Map.of()));
        assertThat(decode("['map',[['iface-id','p']]]"))
                .isEqualTo(new Datum.MapOf(Map.of(text("iface-id"), text("p"))));
    }

    @Test
    void keepsWhatItCannotReadAsUnreadable() throws Exception {
        for (String strange : new String[] {
            "null",
            "{}",
            "[]",
            "['blob','00']",
            "['set',[['set',[]]]]",
            "['map',[['k']]]",
            "['map',['k','v']]",
            "['set']",
            "['uuid','1-1-1-1-1']",
            "['uuid','zz000000-0000-0000-0000-000000000001']",
            "123456789012345678901234567890"
        }) {
            assertThat(decode(strange)).as(strange).isInstanceOf(Datum.Unreadable.class);
        }
    }

    @Test
    void writesWhatItReads() throws Exception {
        for (String form : new String[] {
            "['set',[]]",
            "'a'",
            "['set',['a','b']]",
            "['map',[]]",
            "['map',[[0,['uuid','" + UUID_1 + "']]]]",
            "true",
            "-1"
        }) {
            assertThat(decode(form).toJson().toString()).isEqualTo(json(form).toString());
        }
        assertThat(Datum.of(new Atom.NamedUuid("c")).toJson()).isEqualTo(json("['named-uuid','c']"));
    }

    @Test
    void appliesDifferencesOfSets() throws Exception {
        assertThat(decode("['set',['a','b']]").changedBy(decode("['set',['b','c']]")))
                .isEqualTo(decode("['set',['a','c']]"));
        assertThat(decode("'a'").changedBy(decode("'a'"))).isEqualTo(Datum.SetOf.NONE);
        assertThat(Datum.SetOf.NONE.changedBy(decode("'a'"))).isEqualTo(decode("'a'"));
    }

    @Test
    void appliesDifferencesOfMaps() throws Exception {
        Datum before = decode("['map',[['same','1'],['goes','2'],['changes','3']]]");
        Datum difference = decode("['map',[['goes','2'],['changes','4'],['comes','5']]]");
        assertThat(before.changedBy(difference))
                .isEqualTo(decode("['map',[['same','1'],['changes','4'],['comes','5']]]"));
        assertThat(Datum.SetOf.NONE.changedBy(difference)).isEqualTo(difference);
    }

    @Test
    void doesNotMixMapsAndSets() throws Exception {
        assertThat(decode("'a'").changedBy(decode("['map',[['k','v']]]"))).isInstanceOf(Datum.Unreadable.class);
        assertThat(decode("['map',[['k','v']]]").changedBy(decode("'a'"))).isInstanceOf(Datum.Unreadable.class);
        assertThat(new Datum.SetOf(Set.of()).changedBy(decode("null"))).isInstanceOf(Datum.Unreadable.class);
    }
}
