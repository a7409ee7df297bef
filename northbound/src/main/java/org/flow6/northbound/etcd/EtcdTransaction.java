package org.flow6.northbound.etcd;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Txn;
import io.etcd.jetcd.op.Cmp;
import io.etcd.jetcd.op.CmpTarget;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.DeleteOption;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.PutOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.flow6.northbound.Document;
import org.flow6.northbound.ObjectKey;
import org.flow6.northbound.StoreException;
import org.flow6.northbound.StoreState;
import org.flow6.northbound.Transaction;

/** A transaction in etcd's words: what is compared, what is written, and what is read instead if it does not happen. */
final class EtcdTransaction {
    /** Of one level; etcd takes 128 unless it is told otherwise. */
    private static final int MOST = 60;

    private final EtcdKeys keys;
    private final List<Cmp> comparisons = new ArrayList<>();
    private final List<Op> operations = new ArrayList<>();

    private EtcdTransaction(EtcdKeys keys) {
        this.keys = keys;
    }

    /**
     * Puts a transaction into words.
     *
     * @param state in which its conditions are met
     * @throws StoreException if it is too large
     */
    static EtcdTransaction of(
            Transaction transaction,
            StoreState state,
            EtcdKeys keys,
            BiFunction<ObjectKey, String, Set<String>> names) {
        EtcdTransaction words = new EtcdTransaction(keys);
        if (transaction.base() > 0) {
            ByteSequence asBefore = transaction.alone() ? keys.newest() : keys.structure();
            words.comparisons.add(new Cmp(asBefore, Cmp.Op.LESS, CmpTarget.modRevision(transaction.base() + 1)));
        }
        transaction
                .conditions()
                .forEach((key, revision) ->
                        words.comparisons.add(new Cmp(keys.of(key), Cmp.Op.EQUAL, CmpTarget.modRevision(revision))));
        words.write(transaction, state, names);
        if (transaction.base() == 0 || transaction.alone()) {
            words.put(keys.structure(), "");
        }
        words.shorten(transaction);
        return words;
    }

    private void write(Transaction transaction, StoreState state, BiFunction<ObjectKey, String, Set<String>> names) {
        Set<String> released = new HashSet<>();
        Map<String, ObjectKey> taken = new HashMap<>();
        transaction.writes().forEach((key, text) -> {
            Document before = state.objects().get(key);
            Set<String> had = before == null ? Set.of() : names.apply(key, before.json());
            Set<String> has = text.isPresent() ? names.apply(key, text.get()) : Set.of();
            had.stream().filter(name -> !has.contains(name)).forEach(released::add);
            has.stream().filter(name -> !had.contains(name)).forEach(name -> taken.put(name, key));
            if (!transaction.conditions().containsKey(key) && !(had.isEmpty() && has.isEmpty())) {
                // What it had is only known of the revision that was looked at.
                comparisons.add(new Cmp(keys.of(key), Cmp.Op.EQUAL, CmpTarget.modRevision(state.revisionOf(key))));
            }
            text.ifPresentOrElse(json -> put(keys.of(key), json), () -> delete(keys.of(key)));
            if (text.isEmpty() && key.collection().equals(Registration.HOSTS)) {
                forget(key.id());
            }
        });
        taken.forEach((name, key) -> {
            if (!released.contains(name)) {
                comparisons.add(new Cmp(keys.unique(name), Cmp.Op.EQUAL, CmpTarget.createRevision(0)));
            }
            put(keys.unique(name), key.toString());
        });
        released.stream().filter(name -> !taken.containsKey(name)).forEach(name -> delete(keys.unique(name)));
    }

    /** With a host goes what only it has written. */
    private void forget(String host) {
        DeleteOption all =
                DeleteOption.builder().withRange(keys.endOfFactsOf(host)).build();
        operations.add(Op.delete(keys.factsOf(host), all));
        delete(keys.writer(host));
    }

    /** Where nothing at all has changed, nothing else has to be compared: it was looked at here. */
    private void shorten(Transaction transaction) {
        if (comparisons.size() <= MOST) {
            return;
        }
        if (transaction.base() == 0) {
            throw new StoreException(
                    "etcd takes " + MOST + " conditions in one transaction, not " + comparisons.size());
        }
        comparisons.clear();
        comparisons.add(new Cmp(keys.newest(), Cmp.Op.LESS, CmpTarget.modRevision(transaction.base() + 1)));
    }

    private void put(ByteSequence key, String value) {
        operations.add(Op.put(key, EtcdKeys.bytes(value), PutOption.DEFAULT));
    }

    private void delete(ByteSequence key) {
        operations.add(Op.delete(key, DeleteOption.DEFAULT));
    }

    /**
     * Fills a transaction of etcd's.
     *
     * @param host that writes
     * @param after the revision of its writes before
     * @param token unlike that of any other of its transactions
     */
    Txn fill(Txn empty, String host, long after, String token) {
        List<Cmp> all = new ArrayList<>(comparisons);
        all.add(new Cmp(keys.writer(host), Cmp.Op.EQUAL, CmpTarget.modRevision(after)));
        List<Op> done = new ArrayList<>(nested());
        done.add(Op.put(keys.newest(), EtcdKeys.bytes(host), PutOption.DEFAULT));
        done.add(Op.put(keys.writer(host), EtcdKeys.bytes(token), PutOption.DEFAULT));
        return empty.If(all.toArray(new Cmp[0]))
                .Then(done.toArray(new Op[0]))
                .Else(Op.get(keys.newest(), GetOption.DEFAULT), Op.get(keys.writer(host), GetOption.DEFAULT));
    }

    /** The operations; as many as fit into one level, or within transactions that always happen. */
    private List<Op> nested() {
        if (operations.size() <= MOST) {
            return operations;
        }
        List<Op> parts = new ArrayList<>();
        for (int i = 0; i < operations.size(); i += MOST) {
            List<Op> part = operations.subList(i, Math.min(operations.size(), i + MOST));
            parts.add(Op.txn(new Cmp[0], part.toArray(new Op[0]), new Op[0]));
        }
        if (parts.size() > MOST) {
            throw new StoreException(
                    "etcd takes " + MOST * MOST + " writes in one transaction, not " + operations.size());
        }
        return parts;
    }
}
